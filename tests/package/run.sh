#!/usr/bin/env bash
# Installs a build and uses it from other projects: with CMake as a package and as a subdirectory, and with pkg-config.
#
#     run.sh BUILD LLVM_DIR    BUILD: the build folder; LLVM_DIR: the folder of the LLVMConfig.cmake that it was made with
#
# CC, CXX, CXXFLAGS, CMAKE and CMAKE_CXX_COMPILER_LAUNCHER are taken from the environment. One line per case, then a
# count.
set -u -o pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$1 llvm=$2
: "${CMAKE:=cmake}" "${CC:=cc}" "${CXX:=c++}" "${CXXFLAGS:=}"
export CC CXX CXXFLAGS

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0

pass() { echo "pass $1" && passed=$((passed + 1)); }
skip() { echo "skip $1" && skipped=$((skipped + 1)); }
fail() { echo "FAIL $1" && sed 's/^/    /' "$work/log.txt" | tail -n 30 && failed=$((failed + 1)); }

# try NAME COMMAND...: a case that passes when the command does.
try() {
  local name=$1
  shift
  if "$@" >"$work/log.txt" 2>&1; then pass "$name"; else fail "$name"; fi
}

# refused NAME WORDS COMMAND...: a case that passes when the command fails and says so in these words.
refused() {
  local name=$1 words=$2
  shift 2
  # CMake breaks lines of messages.
  if "$@" >"$work/log.txt" 2>&1; then fail "$name"; elif tr -s ' \n' ' ' <"$work/log.txt" | grep -qF "$words"; then pass "$name"; else fail "$name"; fi
}

configure() { # PROJECT BUILD-FOLDER OPTIONS...
  local project=$1 folder=$2
  shift 2
  "$CMAKE" -S "$here/$project" -B "$work/$folder" -G Ninja "$@"
}

installed() {
  "$CMAKE" --install "$build" --prefix "$work/staged" && mv "$work/staged" "$work/prefix"
}
try "install, and move what was installed" installed
prefix=$work/prefix
tool=$prefix/bin/linkname-tool

no_paths() { ! grep -rlF -e "$root" -e "$build" -e "$work/staged" "$prefix/lib/cmake" "$prefix/lib/pkgconfig" "$prefix/include"; }
try "no file of the packages names where it was built" no_paths

. "$here/targets.sh"

consumer() { # FOLDER OPTIONS...
  configure consumer "$@" -DLLVM_DIR="$llvm" && "$CMAKE" --build "$work/$1"
}
try "find_package" consumer by-package -DCMAKE_PREFIX_PATH="$prefix"
embedded_for() { # OPTIONS...: configured only
  rm -rf "$work/refused" && "$CMAKE" -S "$here/consumer" -B "$work/refused" -DLINKNAME_SOURCE="$root" -DLLVM_DIR="$llvm" "$@"
}
refused "add_subdirectory, several configurations" "a build of several configurations cannot use a tool that it makes itself" \
  embedded_for -G "Ninja Multi-Config"
refused "add_subdirectory, for another machine" "this build makes linkname-tool for another machine" \
  embedded_for -G Ninja -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=other
try "add_subdirectory" consumer by-subdirectory -DLINKNAME_SOURCE="$root"

header_only() {
  configure header-only header-only -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_DISABLE_FIND_PACKAGE_LLVM=ON &&
    "$CMAKE" --build "$work/header-only"
}
try "header and tool, from C, without LLVM" header_only

library_only() { # FOLDER OPTIONS...
  configure library-only "$@" -DCMAKE_PREFIX_PATH="$prefix"
}
refused "the library without LLVM" "and no LLVM was found" library_only no-llvm -DCMAKE_DISABLE_FIND_PACKAGE_LLVM=ON

other=
for version in 14 15 16 17 18 19; do
  folder=/usr/lib/llvm-$version/lib/cmake/llvm
  if [ -e $folder/LLVMConfig.cmake ] && ! [ "$(readlink -f $folder)" = "$(readlink -f "$llvm")" ]; then other=$folder; fi
done
if [ -n "$other" ]; then
  refused "the library with another LLVM" "it needs LLVM" library_only other-llvm -DLLVM_DIR="$other"
else
  skip "the library with another LLVM: only one is installed"
fi

if command -v pkg-config >/dev/null; then
  export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
  by_pkg_config() {
    cd "$work" &&
      $CC $(pkg-config --cflags linkname) -c "$here/consumer/main.c" -o main.o &&
      $CC $(pkg-config --cflags linkname) -c "$here/consumer/provider.c" -o provider.o &&
      "$(pkg-config --variable=tool linkname)" rewrite main.o provider.o &&
      $CC main.o provider.o -o bound && ./bound
  }
  try "pkg-config: header and tool" by_pkg_config
  library_by_pkg_config() {
    cd "$work" &&
      $CXX -std=c++23 $CXXFLAGS $(pkg-config --cflags linkname) "$here/consumer/embedded.cpp" \
        $(pkg-config --static --libs linkname) -o embedded &&
      $CC $(pkg-config --cflags linkname) -c "$here/consumer/provider.c" -o provider.o && ./embedded provider.o
  }
  try "pkg-config: the library" library_by_pkg_config
  version_agrees() { [ "linkname-tool $(pkg-config --modversion linkname)" = "$("$tool" --version)" ]; }
  try "pkg-config: the version" version_agrees
else
  skip "pkg-config is not installed"
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
