/* The program: it reaches what provider.c keeps to itself, under old names and new ones. */
#include <stdio.h>

typedef int function(int);
int choose(int x), hidden(int x), sum_again(int x), renamed_sum(int x), *where_again(void), own(void), weak_again(void);
int from_inside(void);
const char *word(int x), *chosen(void);
long distance(void);
extern int table[100], *const inside_table, counter;
extern function *const functions[];

const char *chosen(void) { return "main"; }
int own(void) { return 70; }

int main(void) {
  int all = 0;
  for (int i = 0; i < 7; i++)
    all += choose(i);
  int first = renamed_sum(2), second = sum_again(4), third = hidden(1), fourth = functions[1](1);
  int *volatile exported = table + 1;
  printf("%d %s %d %d %d %d %d %d %s ", all, word(3), first, second, third, fourth, own(), from_inside(), chosen());
  printf("%d %d %d %ld %d\n", table[1], inside_table == exported, where_again() == &counter, distance(), weak_again());
}
