// A private extern becomes visible in place, and so does an inline function that may be hidden
// (.weak_def_can_be_hidden); no index changes, no hazard arises.
// REQUIRES: clang-19
// RUN: %macho-kinds %s %t \
// RUN:   '%macho-rewritten $o $o.new --export _inside --export _inline --export _weak_inside --strict 2>&1 | FileCheck %s --check-prefix=SAYS && \
// RUN:    llvm-nm -pm $o.new | FileCheck %s && llvm-readobj --symbols $o.new | FileCheck %s --check-prefix=BITS && \
// RUN:    test $(wc -c < $o) -eq $(wc -c < $o.new) && \
// RUN:    %macho-rewritten $o.new $o.back --hide _inside && \
// RUN:    llvm-nm -m $o.back | FileCheck %s --check-prefix=BACK'

// SAYS-NOT:  warning
// SAYS:      export '_inline'  (--export)
// SAYS-NEXT: export '_inside'  (--export)
// SAYS-NEXT: export '_weak_inside'  (--export)
// CHECK:      weak external {{(\[Thumb\] )?}}_inline
// CHECK-NEXT: (__TEXT,__text) external {{(\[Thumb\] )?}}_inside
// CHECK-NEXT: (__TEXT,__text) private external {{(\[Thumb\] )?}}_other
// CHECK-NEXT: weak external {{(\[Thumb\] )?}}_weak_inside
// BITS:       Name: _inline
// BITS:       Flags [ (0x{{[0-9A-F]*}}8{{[0-9A-F]}})
// BACK:       private external {{(\[Thumb\] )?}}_inside
__asm__(".globl _inline\n.weak_def_can_be_hidden _inline\n");
int inline_function(void) __asm__("_inline");
int inline_function(void) { return 1; }
__attribute__((visibility("hidden"))) int inside(void) { return 2; }
__attribute__((visibility("hidden"), weak)) int weak_inside(void) { return 3; }
__attribute__((visibility("hidden"))) int other(void) { return 4; }
