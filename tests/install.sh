#!/bin/sh
# The one list of what has to be installed on Debian 12, and the step that installs what is missing, as root or with sudo.
#
#     sh tests/install.sh [build|test|ci]    to build; and to run all tests (the default); and what only CI runs
set -eu

build="g++ cmake ninja-build llvm-19-dev libzstd-dev zlib1g-dev libcli11-dev"

# LLVM's dumpers, yaml2obj, FileCheck and lit; compilers, linkers and emulators for the programs that the tests make.
# `lld` and `clang` bring version 14, the distribution's own.
test="doctest-dev python3 pkg-config git llvm-19-tools llvm-19 llvm-14 llvm-14-dev
  clang-14 clang-19 binutils lld lld-19 mold liblua5.4-dev libsqlite3-dev make meson ccache distcc
  g++-aarch64-linux-gnu g++-arm-linux-gnueabihf g++-i686-linux-gnu g++-riscv64-linux-gnu g++-s390x-linux-gnu
  g++-powerpc64le-linux-gnu g++-mingw-w64-x86-64 gcc-mingw-w64-i686 qemu-user
  mount strace musl-tools elfutils patchelf"

# wine runs the Windows programs, and debuggers and a profiler look at what was linked; without them those cases count as
# skipped.
ci="clang-format-19 clang-tidy-19 libclang-rt-19-dev wine wine64 gdb lldb-19 linux-perf"

case ${1:-test} in
build) wanted=$build ;;
test) wanted="$build $test" ;;
ci) wanted="$build $test $ci" ;;
*)
  echo "usage: sh tests/install.sh [build|test|ci]" >&2
  exit 2
  ;;
esac

command -v apt-get >/dev/null || {
  echo "tests/install.sh knows Debian's packages only; install what corresponds to: $wanted" >&2
  exit 1
}

missing=
for package in $wanted; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed$' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=
elif command -v sudo >/dev/null; then
  as_root=sudo
else
  echo "run this as root, or install sudo; missing:$missing" >&2
  exit 1
fi
echo "installing$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # words on purpose
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
