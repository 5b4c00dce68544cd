// Forwarders stay forwarders where their strings move, a forwarder can have another name, slots without a name stay so,
// and one slot can have several names.
// REQUIRES: clang-19, lld-link, mingw, wine
// RUN: x86_64-w64-mingw32-gcc -O1 %S/Inputs/call.c -o %t.call.exe
// RUN: clang-19 --target=x86_64-pc-windows-msvc -O1 -c %S/Inputs/library.c -o %t.obj
// RUN: lld-link /nologo /dll /noentry /debug:symtab /export:pid=kernel32.GetCurrentProcessId /export:thread=kernel32.GetCurrentThreadId,@9 /export:use,@12,NONAME %t.obj /out:%t.dll
// RUN: %image-rewritten "process helper thread late" %t.dll %t.new.dll --alias process=pid --export helper --rename thread=late
// RUN: llvm-readobj --coff-exports %t.new.dll | FileCheck --check-prefix=LIST %s
// LIST-DAG: ForwardedTo: kernel32.GetCurrentProcessId
// LIST-DAG: ForwardedTo: kernel32.GetCurrentThreadId
// LIST-DAG: Ordinal: 12
// RUN: %wine %t.call.exe %t.new.dll twice=3 pid? process? thread? late? '#9?' '#12=1' helper=1 > %t.out && FileCheck %s < %t.out
// CHECK: twice(3): 6
// CHECK-NEXT: pid: at [[PID:[0-9a-f]+]]
// CHECK-NEXT: process: at [[PID]]
// CHECK-NEXT: thread: nowhere
// CHECK-NEXT: late: at [[THREAD:[0-9a-f]+]]
// CHECK-NEXT: #9: at [[THREAD]]
// CHECK-NEXT: #12(1): 500
// CHECK-NEXT: helper(1): 501
