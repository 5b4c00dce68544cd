# What every sample's build.sh starts with: the settings it runs under, each of which may be given in the environment,
# e.g.  CC=aarch64-linux-gnu-gcc CXX=aarch64-linux-gnu-g++ RUN="qemu-aarch64 -L /usr/aarch64-linux-gnu" sh build.sh
# A build.sh prints what its program prints; everything else goes to stderr.
set -eu
cd "$(dirname "$0")"

: "${CC:=cc}" "${CXX:=c++}" "${CFLAGS:=-O2}" "${LDFLAGS:=}"
: "${PIC=-fPIC}"    # what the code of a shared library is compiled with
: "${DLL:=.so}"      # what shared libraries end in
: "${IMPORT:=$DLL}"  # what a program is linked with in their place
: "${RUN:=}"         # what a program is started with, when it is not for this machine
: "${INCLUDE:=$PWD/../../include}"
: "${LINKNAME_TOOL:=$PWD/../../build/release/bin/linkname-tool}"
: "${OUT:=$PWD/../../build/samples/$(basename "$PWD")}"
mkdir -p "$OUT"
