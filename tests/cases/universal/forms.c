// Universal files of objects and of archives, with 32- and 64-bit offsets, and archives of universal files: each object is
// rewritten for itself, slices stay aligned as their processors want them, and a file knows which processor is meant.
// REQUIRES: clang-19, llvm-lipo, llvm-libtool-darwin, llvm-ar-19
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: bash -ec 'for arch in x86_64 arm64; do for part in A B; do clang-19 -target $arch-apple-macos11 -c -D$part %s -o $part.$arch.o; done; \
// RUN:   llvm-libtool-darwin -static -o $arch.a A.$arch.o B.$arch.o || exit 1; done'
// RUN: bash -ec 'for part in A B; do llvm-lipo -create $part.x86_64.o $part.arm64.o -output $part.o || exit 1; done'
// RUN: llvm-lipo -create x86_64.a arm64.a -output archives && llvm-lipo -create -fat64 x86_64.a arm64.a -output archives64
// RUN: llvm-lipo -create -fat64 A.arm64.o A.x86_64.o -output objects64 && cp A.o objects
// RUN: llvm-ar-19 --format=darwin -qcs both.a A.o B.o && %make-archive both-indexed.a --index sorted --names bsd A.o B.o && llvm-ar-19 qcs gnu.a A.o B.o
// RUN: bash -ec 'for edit in "--rename _first=_zz_last" "--rename _first=_a_name_that_is_longer_than_it_was" "--export _helper --all --unsafe _helper" \
// RUN:   "--alias __=_first" "--localize _first" "--weaken _variable"; do                                                \
// RUN:   for file in objects objects64 archives archives64 both.a both-indexed.a gnu.a; do                               \
// RUN:   %archive-rewritten $file out $edit > changed 2> errors || { echo "$edit $file"; cat errors; exit 1; };            \
// RUN:   done; done'
// RUN: %tool rewrite archives -o out --rename _first=_other --weaken _variable | FileCheck %s --check-prefix=SAYS
// SAYS: archives[x86_64](A.x86_64.o): rename '_first' -> '_other'
// SAYS: archives[x86_64](B.x86_64.o): rename '_first' -> '_other'
// SAYS: archives[arm64](A.arm64.o): rename '_first' -> '_other'
// RUN: llvm-lipo -info out | FileCheck %s --check-prefix=INFO
// INFO: Architectures in the fat file: out are: x86_64 arm64
// RUN: llvm-lipo out -thin arm64 -output thin.a && llvm-nm --print-armap thin.a | FileCheck %s --check-prefix=MAP
// MAP: _other in A.arm64.o
// RUN: %tool rewrite both.a --dry-run --rename _first=_other | FileCheck %s --check-prefix=INSIDE
// INSIDE: both.a(A.o)[x86_64]: rename
// INSIDE: both.a(A.o)[arm64]: rename
/// One processor's static is no rival of another's.
// RUN: %tool rewrite objects -o out --export _helper --unsafe _helper | FileCheck %s --check-prefix=EACH
// EACH: objects[x86_64]: export '_helper'
// EACH: objects[arm64]: export '_helper'
/// Damage in one slice is found there.
// RUN: python3 -c "d = bytearray(open('archives', 'rb').read()); d[d.index(b'#1/', 200) + 130] ^= 0xff; at = d.rindex(b'A.arm64.o') - 60 + 56; d[at:at + 2] = b'xx'; open('bad', 'wb').write(d)"
// RUN: cp bad bad.orig && %exits 3 %tool rewrite bad --rename _first=_f 2>&1 | FileCheck %s --check-prefix=BAD && cmp bad bad.orig
// BAD: error: bad[{{x86_64|arm64}}]: member header at 0x
#ifdef A
static int helper(int x) { return x; }
int (*volatile keep)(int) = helper;
int first(void) { return 1; }
int variable = 3;
#else
int first(void);
static int helper(int x) { return x + 1; }
int (*volatile kept)(int) = helper;
int second(void) { return first(); }
#endif
