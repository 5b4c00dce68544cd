// Images of which a strip has left little or no symbol table: what is exported and imported stands in the loader's own
// tables, and can be renamed, hidden and given a second name there; what nothing names gets one by its address.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '                                                                                         \
// RUN:   $cc -O2 -dynamiclib -install_name @rpath/libdemo.dylib %s -o $o.dylib &&                                     \
// RUN:   secret=$(llvm-nm $o.dylib | sed -n "s/^0*\([0-9a-f]*\) .* _secret$/0x\1/p") && $cc -O2 -DMAIN %s $o.dylib -o $o && \
// RUN:   %unlist-macho $o.dylib $o.unlisted && $run --exports $o.unlisted | sed "s/ 0x[0-9a-f]*//" | sort &&          \
// RUN:   cp $o.unlisted $o.new && %tool rewrite $o.new --export _secret=$secret --rename _plain=_simple --alias _twice=_user --hide _away \
// RUN:     --rename _puts=_putchar > /dev/null && %same-image --names $o.unlisted $o.new && $run --call _secret $o.new 4 && $run --call _simple $o.new 21 && \
// RUN:   %tool inspect $o.new | grep -E "_twice|_putchar" && $run --check $o.new && ! %tool rewrite $o.new --export _oops=0x10 2> $o.said && grep -o "is in no section" $o.said' \
// RUN:   | FileCheck %s
// CHECK: _away
// CHECK-NEXT: _plain
// CHECK-NEXT: _user
// CHECK-NEXT: export - _away
// CHECK-NEXT: export - _plain
// CHECK-NEXT: export + _secret
// CHECK-NEXT: export + _simple
// CHECK-NEXT: export + _twice
// CHECK-NEXT: import - _puts
// CHECK-NEXT: import + _putchar
// CHECK-NEXT: 5
// CHECK-NEXT: 66
// CHECK-NEXT: exported{{.*}} _twice
// CHECK-NEXT: imported{{.*}} _putchar  [/usr/lib/libSystem.B.dylib]
// CHECK-NEXT: is in no section
int puts(const char *);
#ifdef MAIN
int main(void) { return 0; }
#else
__attribute__((noinline)) static int secret(int x) { return x + 1; }
__attribute__((noinline)) int plain(int x) { return secret(x) * 3; }
__attribute__((noinline)) int away(int x) { return plain(x) + 5; }
int user(int x) { return away(x) + puts("user"); }
#endif
