// A large archive is copied while it is read, on a guess of what will be touched: in the first member, in the last one, in
// several, with names that grow, shrink and stay, and where the guess is wrong, each byte has to be in its place.
// REQUIRES: gcc, llvm-ar-19
// RUN: rm -rf %t && mkdir %t && cd %t && bash -ec 'for i in 1 2 3 4 5 6 7 8 9 10; do gcc -c %s -DNUMBER=$i -o m$i.o; done; ar rcs a.a m?.o m10.o'
// RUN: %archive-rewritten a.a one --rename first_1=another_name_that_is_longer | FileCheck %s --check-prefix=ONE
// ONE-COUNT-2: changed
// RUN: %archive-rewritten a.a last --rename first_10=f10 | count 1
// RUN: %archive-rewritten a.a static --export hidden_5 2>/dev/null | FileCheck %s --check-prefix=STATIC
// STATIC: changed (m5.o)
// RUN: %archive-rewritten a.a hide --hide first_3 --hide first_7 | count 2
/// Nothing but what the guess cannot know: the name is only referred to, so that the index stays as it is.
// RUN: %archive-rewritten a.a outside --rename elsewhere=another_place_altogether | count 10
/// ... and what it takes for a definition is a static, which no index knows.
// RUN: %archive-rewritten a.a local --rename hidden_5=hidden_by_a_longer_name | count 1
// RUN: %archive-rewritten a.a all --alias twin_of_first=first_2 --weaken first_9 --localize first_10 --export hidden_4 2>/dev/null | count 4
#define PASTE(a, b) a##b
#define NAME(a, b) PASTE(a, b)
extern int elsewhere(void);
static char filler[1 << 20] = {NUMBER};
char *NAME(fill_, NUMBER) = filler;
static int NAME(hidden_, NUMBER)(void) { return elsewhere(); }
int NAME(first_, NUMBER)(void) { return NAME(hidden_, NUMBER)() + NUMBER; }
#if NUMBER == 2
int first_1(void);
int uses_first(void) { return first_1(); }
#endif
