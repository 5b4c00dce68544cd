// Signatures: what an ad hoc one says beside its hashes is kept, an identity is lost only if that was asked for, and what
// was not signed is not. (%same-image holds every hash against the file.)
// REQUIRES: macho-runner
// RUN: clang-19 -target arm64-apple-macos11 -O1 -c %s -o %t.o
// RUN: ld64.lld-19 -arch arm64 -platform_version macos 11.0 11.0 -dylib %t.o -o %t.linked
// RUN: bash -ec 'for kind in ad-hoc entitlements "entitlements pages-16k" "entitlements both" ad-hoc; do                  \
// RUN:   %sign-macho %t.linked %t.signed $kind && %same-signature %t.signed > %t.before &&                              \
// RUN:   %tool rewrite %t.signed -o %t.new --alias _second_name_that_is_long=_first > %t.said 2>&1 &&                    \
// RUN:   %same-signature %t.new > %t.after && diff %t.before %t.after && %tool check %t.new && grep -c . %t.said || exit 1; done' | FileCheck %s --check-prefix=KEPT
// KEPT-COUNT-5: its tables agree
/// What ld and lld write says so.
// RUN: %same-signature %t.linked > %t.before && %tool rewrite %t.linked -o %t.new --alias _second=_first && %same-signature %t.new | tee %t.after | FileCheck %s --check-prefix=LINKER
// RUN: diff %t.before %t.after
// LINKER: flags 0x20002
// RUN: %sign-macho %t.linked %t.identity identity entitlements && cp %t.identity %t.kept
// RUN: %exits 1 %tool rewrite %t.identity --alias _second=_first 2>&1 | FileCheck %s --check-prefix=REFUSED
// REFUSED: error: {{.*}}.identity: the code signature: names an identity, which no edited image can keep; say --resign to sign it ad hoc
// RUN: cmp %t.identity %t.kept
// RUN: %tool rewrite %t.identity --resign --alias _second=_first 2>&1 | FileCheck %s --check-prefix=LOST
// LOST: warning: {{.*}}.identity: the code signature: is ad hoc from now on: the identity, its team and a notarisation are lost; sign the result with `codesign`
// RUN: %same-signature %t.identity | FileCheck %s --check-prefix=RESIGNED
// RESIGNED: flags 0x2
// RESIGNED-NEXT: identifier com.example.demo
// RESIGNED-NEXT: team none
// RESIGNED-NEXT: slot 1
// RESIGNED-NEXT: slot 2
// RESIGNED-NEXT: slot 3
// RESIGNED-NEXT: slot 5
// RESIGNED-NEXT: slot 7 {{[0-9a-f]+$}}
// RESIGNED-NOT: {{.}}
/// Without --resign, or with nothing to do, it stays what it was.
// RUN: %tool rewrite %t.kept -o %t.same --resign && cmp %t.kept %t.same
// RUN: %exits 1 %tool rewrite %t.linked -o %t.new --strip-signature --alias _second=_first 2>&1 | FileCheck %s --check-prefix=STRIP
// STRIP: the code signature: is not taken away by linkname: arm64 runs nothing without one; use --resign
// RUN: %sign-macho %t.linked %t.sha1 sha1
// RUN: %exits 1 %tool rewrite %t.sha1 --alias _second=_first 2>&1 | FileCheck %s --check-prefix=OLD
// OLD: the code signature: has no SHA-256 hashes, and linkname makes no others; take it off first
// RUN: %sign-macho %t.linked %t.wrong wrong
// RUN: %exits 1 %tool check %t.wrong 2>&1 | FileCheck %s --check-prefix=WRONG
// WRONG: error: {{.*}}: the code signature: has wrong hashes
/// An edit hashes everything anew.
// RUN: %tool rewrite %t.wrong --alias _second=_first && %tool check %t.wrong && %same-signature %t.wrong
/// What was not signed stays so.
// RUN: clang-19 -target x86_64-apple-macos11 -O1 -c %s -o %t.x86.o
// RUN: ld64.lld-19 -arch x86_64 -platform_version macos 11.0 11.0 -dylib %t.x86.o -o %t.x86
// RUN: %tool rewrite %t.x86 --alias _second=_first && llvm-objdump --macho --private-headers %t.x86 | FileCheck %s --check-prefix=UNSIGNED
// UNSIGNED-NOT: LC_CODE_SIGNATURE
int first(void) { return 1; }
