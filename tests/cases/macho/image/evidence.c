// What an image shows of a static's ABI: that it was private to the image and not to one object is proof, so is data that
// holds its address; a jump table that begins where it does is none, and a copy that the optimiser made is refused.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '                                                                                         \
// RUN:   $cc -O2 -dynamiclib -install_name libdemo.dylib %s -o $o.dylib &&                                            \
// RUN:   for name in _private _taken _started _labels _plain _copied.cold.1; do                                      \
// RUN:     %tool rewrite $o.dylib -o $o.new --export $name > $o.out 2> $o.said && echo "done $name" || echo "refused $name"; sed "s/.*'\'': //;s/;.*//" $o.said; done' | FileCheck %s
// CHECK: done _private
// CHECK-NEXT: done _taken
// CHECK-NEXT: done _started
// CHECK-NEXT: done _labels
// CHECK-NEXT: its ABI cannot be verified
// CHECK-NEXT: done _plain
// CHECK-NEXT: its ABI cannot be verified
// CHECK-NEXT: refused _copied.cold.1
// CHECK-NEXT: calling or using it from outside is not safe: '.cold.1' marks a copy whose parameters or extent the compiler has changed
// CHECK-NOT: {{.}}
__attribute__((visibility("hidden"), noinline)) int private(int x) { return x - 7; }
__attribute__((noinline)) static int taken(int x) { return x + 1; }
int (*const holder)(int) = taken;
__attribute__((noinline)) static int plain(int x) { return x * 3; }
int user(int x) { return plain(x) + taken(x); }
__attribute__((noinline)) static int started(void) { return 4; }
int (*volatile starts[2])(void) = {started, started};
// A table of labels, as "labels as values" makes one, of which one is the function's own beginning.
__asm__(".text\n.p2align 4\n_labels:\n .long 0, 0\nLmiddle: .long 0, 0\n"
        ".data\n.p2align 3\n_table_of_labels: .quad _labels, Lmiddle\n.text\n"
        ".p2align 4\n_copied.cold.1: .long 0, 0\n");
