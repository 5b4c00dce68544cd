// mingw: a name stands in .refptr., __imp_ and __emutls_ names too, and there may be nothing but those. All follow.
// REQUIRES: mingw, i686-mingw
// RUN: x86_64-w64-mingw32-gcc -w -O1 -c %s -o %t.o
// RUN: %rewritten %t.o %t.new --rename data=other_data --rename imported=other_import --rename thread=other_thread --alias own2=own --export local 2>/dev/null | FileCheck %s
// RUN: llvm-nm %t.new | FileCheck %s --check-prefix=NM && llvm-readobj --sections %t.new | FileCheck %s --check-prefix=SECTIONS
// CHECK-DAG: rename '.refptr.data' -> '.refptr.other_data'  (--rename)
// CHECK-DAG: rename 'data' -> 'other_data'  (--rename)
// CHECK-DAG: rename '.refptr.__emutls_v.thread' -> '.refptr.__emutls_v.other_thread'
// CHECK-DAG: rename '__emutls_v.thread' -> '__emutls_v.other_thread'
// CHECK-DAG: rename '__imp_imported' -> '__imp_other_import'
// CHECK-DAG: add '__emutls_v.own2' = '__emutls_v.own'  (--alias)
// CHECK-DAG: export '__emutls_v.local'  (--export)
// NM-DAG: R .refptr.__emutls_v.other_thread
// NM-DAG: R .refptr.other_data
// NM-DAG: U __imp_other_import
// NM-DAG: D __emutls_v.own{{$}}
// NM-DAG: D __emutls_v.own2{{$}}
// NM-DAG: D __emutls_v.local{{$}}
// NM-DAG: U other_data
/// GNU ld finds the copies of a COMDAT section by its name.
// SECTIONS: Name: .rdata$.refptr.other_data (
// SECTIONS: Name: .rdata$.refptr.__emutls_v.other_thread (
//
// RUN: i686-w64-mingw32-gcc -w -O1 -c %s -o %t.o
// RUN: %rewritten %t.o %t.new --rename _data=_other_data --rename _imported=_other_import --rename _thread=_other_thread --alias _own2=_own >/dev/null
// RUN: llvm-nm %t.new | FileCheck %s --check-prefix=NM32
// NM32-DAG: D ___emutls_v.own2{{$}}
// NM32-DAG: U ___emutls_v.other_thread
// NM32-DAG: U __imp__other_import
// NM32-DAG: U _other_data
//
// A pointer to a name may be another object's, so that name cannot be made local; an import cannot be made weak.
// RUN: x86_64-w64-mingw32-gcc -w -O1 -c %s -o %t.o
// RUN: %exits 1 %tool rewrite %t.o --weaken imported 2>&1 | FileCheck %s --check-prefix=WEAKEN
// WEAKEN: '__imp_imported': is an import, or a pointer to a symbol
extern int data;
__declspec(dllimport) extern int imported;
extern __thread int thread;
__thread int own = 3;
static __thread int local;
int use(void) { return data + imported + thread + own; }
int *use_local(void) { return &local; }
