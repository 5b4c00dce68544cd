// Apple's archives, as libtool and ar write them: a sorted index, members on multiples of eight, names in front of contents.
// REQUIRES: clang-19, llvm-libtool-darwin, llvm-ar-19
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: bash -ec 'for arch in x86_64 arm64; do for part in A B; do clang-19 -target $arch-apple-macos11 -c -D$part %s -o $part.$arch.o; done; \
// RUN:   llvm-libtool-darwin -static -o tool.$arch.a A.$arch.o B.$arch.o && llvm-ar-19 --format=darwin -qcs ar.$arch.a A.$arch.o B.$arch.o && \
// RUN:   %make-archive sorted.$arch.a --index sorted --names bsd A.$arch.o B.$arch.o &&                                   \
// RUN:   %make-archive wide.$arch.a --index sorted64 --names bsd A.$arch.o B.$arch.o || exit 1; done'
// RUN: bash -ec 'for edit in "--rename _first=_zz_last" "--rename _second=_a_name_that_is_longer_than_it_was" "--export _quiet --unsafe _quiet" \
// RUN:   "--alias __=_first" "--localize _first" "--weaken _variable" "--hide _second"; do for file in *.a; do               \
// RUN:   %archive-rewritten $file out $edit > changed 2> errors || { echo "$edit"; cat errors; exit 1; };                  \
// RUN:   done; done'
/// The index is dated anew, unless tools have left its date out.
// RUN: %tool rewrite sorted.arm64.a -o out --rename _first=_f && head -c 36 out | tail -c 12 | FileCheck %s --check-prefix=NEW
// NEW-NOT: 1600000000
// NEW: {{^[0-9]+ }}
// RUN: %tool rewrite ar.arm64.a -o out --rename _first=_f && head -c 36 out | tail -c 12 | FileCheck %s --check-prefix=NONE
// NONE: {{^}}0{{ +$}}
#ifdef A
int first(void) { return 1; }
int variable = 3;
#else
int first(void);
static int quiet(int x) { return x; }
int (*volatile keep)(int) = quiet;
int second(void) { return first(); }
#endif
