// Without that table, a pointer in the object's data shows that the address is taken; a table of labels that happens to
// hold where a function begins does not, and neither does a pointer past the end of an array.
// REQUIRES: clang-14, clang-19
// RUN: %macho-kinds %s %t \
// RUN:   '%tool rewrite $o -o $o.new --export _listed --export _initialiser --strict && \
// RUN:    %exits 1 %tool rewrite $o -o $o.new --strict --export _labels 2>&1 | FileCheck %s --check-prefix=LABELS && \
// RUN:    %exits 1 %tool rewrite $o -o $o.new --strict --export _array 2>&1 | FileCheck %s --check-prefix=ARRAY && \
// RUN:    %exits 1 %tool rewrite $o -o $o.new --strict --export _behind 2>&1 | FileCheck %s --check-prefix=BEHIND && \
// RUN:    %tool rewrite $o -o $o.new --export _labels 2>&1 | FileCheck %s --check-prefix=WARNED'
// LABELS: error: {{.*}}'_labels': its ABI cannot be verified
// ARRAY:  error: {{.*}}'_array': its ABI cannot be verified
// BEHIND: error: {{.*}}'_behind': its ABI cannot be verified
// WARNED: warning: {{.*}}'_labels': its ABI cannot be verified
void keep(const void *);
__attribute__((noinline)) static int listed(int x) { return x + 1; }
int (*const table[])(int) = {listed};
__attribute__((used, noinline)) static void initialiser(void) { keep(table); }
__asm__(".section __DATA,__mod_init_func,mod_init_funcs\n.p2align 3\n"
#ifdef __LP64__
        ".quad _initialiser\n.text\n");
#else
        ".long _initialiser\n.text\n");
#endif
// Where `labels` begins stands in a table of labels.
__attribute__((used, noinline)) static int labels(int x) { return x * 5; }
__asm__(".data\n.p2align 3\n_jumps:\n"
#ifdef __LP64__
        ".quad _labels\n.quad _labels+1\n.quad 0\n.text\n");
#else
        ".long _labels\n.long Lin_labels\n.long 0\n.text\n");
__asm__(".text\n_filler: nop\nLin_labels: nop\n");
#endif
static int array[4] = {1, 2, 3, 4};
static int behind[4] = {5, 6, 7, 8};
int *const end = array + 4;
int user(int i) {
  array[i] += 1;
  behind[i] += 2;
  return array[1] + behind[2] + labels(i);
}
