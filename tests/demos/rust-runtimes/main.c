#include <stdio.h>

int number1(void), number2(void), fails1(void), fails2(void);

int main(void) { printf("%d and %d; caught %d and %d\n", number1(), number2(), fails1(), fails2()); }
