#!/bin/sh
# Builds what programs are linked with:  build.sh x86_64|i686 FOLDER
# CLANG, DLLTOOL and AR name the tools.
set -eu
machine=${1:?usage: build.sh x86_64|i686 FOLDER}
output=${2:?usage: build.sh x86_64|i686 FOLDER}
here=$(cd "$(dirname "$0")" && pwd)
: "${CLANG:=clang-19}" "${DLLTOOL:=llvm-dlltool-19}" "${AR:=llvm-ar-19}"

mkdir -p "$output"
"$CLANG" --target="$machine-pc-windows-msvc" -nostdlibinc -isystem "$here/include" -O1 -fno-builtin -Wall -Wextra -Werror \
  -c "$here/crt.c" -o "$output/crt.obj"
rm -f "$output/crt.lib"
"$AR" rcs "$output/crt.lib" "$output/crt.obj"

# On x86-64 there is one calling convention, and no number of bytes behind a name.
case $machine in
x86_64)
  kind=i386:x86-64
  sed 's/@[0-9]*$//' "$here/lib/kernel32.def" > "$output/kernel32.def"
  ;;
i686)
  kind=i386
  cp "$here/lib/kernel32.def" "$output/kernel32.def"
  ;;
esac
"$DLLTOOL" -m "$kind" -k -d "$output/kernel32.def" -l "$output/kernel32.lib"
"$DLLTOOL" -m "$kind" -d "$here/lib/ucrtbase.def" -l "$output/ucrtbase.lib"
"$DLLTOOL" -m "$kind" -d "$here/lib/ntdll.def" -l "$output/ntdll.lib" # 64-bit arithmetic on i386
