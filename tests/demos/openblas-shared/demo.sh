# The same of the shared library, of which every exported name gets 64_ behind it, in one command and without its sources.
# llvm-objcopy and GNU objcopy change the table for debuggers alone (LLVM issue 129366, OpenBLAS issue 5154).
blas=$(cc -print-file-name=libopenblas.so)
[ -f "$blas" ] || { echo "needs libopenblas-dev"; exit 77; }

mkdir changed
"$LINKNAME_TOOL" rewrite "$blas" -o changed/libopenblas.so.0 --suffix 64_ >edits.txt
"$LINKNAME_TOOL" check changed/libopenblas.so.0 >/dev/null
names() { nm -D --defined-only "$1" | awk '{ print $3 }' | LC_ALL=C sort; }
names "$blas" | sed -e '/^_init$/d' -e '/^_fini$/d' -e 's/$/64_/' | LC_ALL=C sort >expected
names changed/libopenblas.so.0 | sed -e '/^_init$/d' -e '/^_fini$/d' >now
cmp expected now
test "$(wc -l <now)" -gt 5000
nm -D --undefined-only "$blas" >imports
nm -D --undefined-only changed/libopenblas.so.0 | cmp - imports

cc -O2 "$SOURCE/../openblas-64/main.c" changed/libopenblas.so.0 -Wl,--allow-shlib-undefined -o program
test "$(LD_LIBRARY_PATH=changed ./program)" = "ddot 32, dgemm 19 22 43 50, dgesv 1 2"
