// An export that is forwarded to another library (a re-export): renamed, or known by a second name, it says from then on
// which name is meant there.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '                                                                                         \
// RUN:   $cc -O1 -DLOWER -dynamiclib -install_name @rpath/liblower.dylib %s -o $o.lower &&                            \
// RUN:   $cc -O1 -dynamiclib -install_name @rpath/libdemo.dylib %s $o.lower -o $o.linked &&                           \
// RUN:   %patch-macho forward $o.linked $o.dylib _first && $run --exports $o.dylib | grep _first &&                   \
// RUN:   cp $o.dylib $o.new && %tool rewrite $o.new --rename _first=_renamed --alias _again=_first > $o.said && %same-image $o.new && \
// RUN:   $run --exports $o.new | grep -E "_renamed|_again" | sort && $run --with $o.lower --call _renamed $o.new 1 && $run --with $o.lower --call _again $o.new 1 && \
// RUN:   %tool inspect $o.dylib | grep -o "_first .*"' | FileCheck %s
// CHECK: _first from library 1
// CHECK-NEXT: _again from library 1 as _first
// CHECK-NEXT: _renamed from library 1 as _first
// CHECK-NEXT: 101
// CHECK-NEXT: 101
// CHECK-NEXT: _first {{.*}}liblower.dylib]
// CHECK-NOT: {{.}}
int first(int);
#ifdef LOWER
int first(int x) { return x + 100; }
int second(int x) { return x + 200; }
#else
int second(int);
int first(int x) { return x + 1; }
int third(int x) { return second(x); }
#endif
