#!/bin/sh
# From a bare Debian 12 to a C++ program that calls two static functions of Debian's own Lua library: installs what is
# missing (as root or with sudo), builds linkname-tool, rewrites liblua5.4.a, links and runs. Ends with a status other than
# 0 if anything is not as claimed. Everything it makes is under build/.
set -eu
export LC_ALL=C

cd "$(dirname "$0")/.."
source=$PWD/samples/quickstart
tool=$PWD/build/release/bin/linkname-tool
mkdir -p build/quickstart

step() { printf '\n== %s\n' "$1"; }
say() { printf '   %s\n' "$1"; }
fail() {
  printf 'quickstart: %s\n' "$1" >&2
  exit 1
}

# Runs a command out of sight; its output matters only if it fails.
quietly() {
  "$@" >build/quickstart/log.txt 2>&1 || {
    cat build/quickstart/log.txt >&2
    fail "this failed: $*"
  }
}

# --------------------------------------------------------------------------------------------------------------------
step "Packages"

installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q ' installed$'; }
missing() { for package; do installed "$package" || printf '%s ' "$package"; done; }
llvm() { # the installed LLVM that serves, or else the oldest that can be had
  for version in 14 15 16 17 18 19; do installed llvm-$version-dev && echo llvm-$version-dev && return; done
  for version in 14 15 16 17 18 19; do apt-cache show llvm-$version-dev >/dev/null 2>&1 && echo llvm-$version-dev && return; done
  echo llvm-14-dev
}
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

command -v apt-get >/dev/null || fail "this script knows Debian's packages only; README.md lists what to install elsewhere"
needed="g++ cmake ninja-build libzstd-dev zlib1g-dev libcli11-dev doctest-dev liblua5.4-dev binutils lld mold"
if [ -n "$(missing $needed "$(llvm)")" ]; then
  [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null || fail "run as root, or install sudo; missing: $(missing $needed "$(llvm)")"
  quietly as_root apt-get update
  packages=$(missing $needed "$(llvm)")
  say "installing $packages..."
  quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages
  say "done"
else
  say "all there"
fi

# --------------------------------------------------------------------------------------------------------------------
step "Build"

say 'cmake --preset release && cmake --build --preset release --target linkname-tool'
quietly cmake --preset release
quietly cmake --build --preset release --target linkname-tool
[ -x "$tool" ] || fail "the build left no $tool"
say "build/release/bin/linkname-tool, $(wc -c <"$tool") bytes"

# --------------------------------------------------------------------------------------------------------------------
step "Input: $(dpkg-query -W -f '${Package} ${Version}' liblua5.4-dev), as Debian compiled it"

lua=$(c++ -print-file-name=liblua5.4.a)
lua_include=$(dirname "$(dpkg -L liblua5.4-dev | grep '/lua\.hpp$')")
[ -f "$lua" ] || fail "no liblua5.4.a where the compiler looks for libraries"

c++ -O2 -Iinclude -I"$lua_include" -c samples/quickstart/main.cpp -o build/quickstart/main.o
cd build/quickstart
rm -f *.a program-*
cp "$lua" .

# Prints what nm says of symbols of a file, e.g. `liblua5.4.a: t str_rep`, and checks it.
symbols() {
  file=$1 letter=$2
  shift 2
  for name; do
    nm -P "$file" 2>nm.txt | awk -v file="$file" -v name="$name" -v letter="$letter" \
      '$1 == name && $2 == letter { print "   " file ": " $2 " " $1; found = 1 } END { exit !found }' ||
      fail "$file has no symbol '$letter $name'"
  done
}
say "nm: t is a static function, U one that must come from elsewhere"
symbols liblua5.4.a t str_rep tconcat
symbols main.o U _ZN3lua6repeatEP9lua_State _ZN3lua6concatEP9lua_State
if c++ main.o liblua5.4.a -lm -ldl -o program-early 2>log.txt; then
  fail "the program links without the tool; then there is nothing to show"
fi
say "link: $(grep -o -m 1 'undefined reference to .*' log.txt)"
say ""
say "Is it safe to call them? The compiler may change a static function that only its own file calls. linkname-tool inspect:"
"$tool" inspect liblua5.4.a | grep -E ' (str_rep|tconcat|addlenmod|checktab\.part\.0) ' >log.txt
sed 's/^ */     /' log.txt
[ "$(grep -cE ' (str_rep|tconcat) .*safe: ' log.txt)" -eq 2 ] || fail "str_rep and tconcat are not both found safe"
say "str_rep and tconcat stand in the tables that Lua registers its libraries from, hence their addresses in the data."

# --------------------------------------------------------------------------------------------------------------------
step "Rewrite"

rewrite() {
  say "linkname-tool rewrite $*"
  status=0
  "$tool" rewrite "$@" >log.txt 2>&1 || status=$?
  sed 's/^/     /' log.txt
}
rewrite main.o
[ $status -eq 0 ] || fail "status $status"
rewrite liblua5.4.a --export str_rep --export tconcat -o libopen.a
[ $status -eq 0 ] || fail "status $status"

say "nm: T is a function that every object can call"
symbols libopen.a T str_rep tconcat
symbols main.o U str_rep tconcat

# --------------------------------------------------------------------------------------------------------------------
step "Link and run"

for linker in bfd gold lld mold; do
  if [ $linker = mold ]; then command=mold; else command=ld.$linker; fi
  if ! command -v $command >/dev/null; then
    say "$linker: not installed"
    continue
  fi
  c++ -fuse-ld=$linker main.o libopen.a -lm -ldl -o program-$linker
  ./program-$linker >output.txt
  cmp -s output.txt "$source/expected.txt" || fail "the program linked with $linker prints something else: $(cat output.txt)"
  say "$linker: as expected"
done
sed 's/^/     /' "$source/expected.txt"

# --------------------------------------------------------------------------------------------------------------------
step "What is doubtful is warned of, what cannot be done is refused"

cp libopen.a kept.a
if nm libopen.a 2>nm.txt | grep -q ' t addlenmod$'; then
  rewrite libopen.a --export addlenmod -o doubtful.a
  [ $status -eq 0 ] || fail "expected status 0, not $status"
  grep -q '^warning: .*addlenmod' log.txt || fail "there was no warning"
fi
if nm libopen.a 2>nm.txt | grep -q ' t checktab\.part\.0$'; then
  rewrite libopen.a --export checktab
  [ $status -eq 1 ] || fail "expected status 1, not $status"
fi
cmp -s libopen.a kept.a || fail "libopen.a was changed all the same"
say "libopen.a is as it was."
