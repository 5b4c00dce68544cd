// A signed image is changed only where that is asked for: no change leaves a signature valid.
// REQUIRES: mingw, wine
// RUN: x86_64-w64-mingw32-gcc -O1 %S/Inputs/call.c -o %t.call.exe
// RUN: x86_64-w64-mingw32-gcc -shared -O1 %S/Inputs/library.c -o %t.plain.dll
// RUN: %image-form %t.plain.dll %t.dll --signed --checksum
// RUN: %exits 1 %tool rewrite %t.dll -o %t.not.dll --export helper 2>&1 | FileCheck --check-prefix=REFUSED %s && not ls %t.not.dll
// REFUSED: certificates: the image is signed, and with any change its signature is wrong; say --strip-signature to take it away, and sign the new image
// RUN: %image-rewritten helper %t.dll %t.new.dll --export helper --strip-signature 2>&1 | FileCheck --check-prefix=STRIPPED %s
// STRIPPED: warning: {{.*}}.dll: certificates: the signature is taken away; sign the new image
// RUN: llvm-readobj --file-headers %t.new.dll | FileCheck --check-prefix=GONE %s
// GONE: CertificateTableRVA: 0x0
// GONE-NEXT: CertificateTableSize: 0x0
// RUN: not grep -q 'by nobody at all' %t.new.dll && %wine %t.call.exe %t.new.dll helper=1 twice=4 | FileCheck %s
// CHECK: helper(1): 501
// CHECK-NEXT: twice(4): 8

// RUN: %image-form %t.dll %t.forced.dll --word optional+68=0x01E00003 --checksum && %tool rewrite %t.forced.dll -o %t.new.dll --export helper --strip-signature 2>&1 | FileCheck --check-prefix=FORCED %s
// FORCED: warning: {{.*}}.dll: optional header: Windows loads this image only when it is signed (FORCE_INTEGRITY)

// With nothing to do, nothing is done to the signature.
// RUN: %tool rewrite %t.dll -o %t.same.dll --strip-signature && cmp %t.dll %t.same.dll

// The checksum is kept right where there is one, and 0 where it was 0.
// RUN: %image-form %t.plain.dll %t.dll --no-checksum && %image-rewritten helper %t.dll %t.new.dll --export helper
// RUN: llvm-readobj --file-headers %t.new.dll | FileCheck --check-prefix=NONE %s
// NONE: CheckSum: 0x0
