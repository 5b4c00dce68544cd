# Debian's libopenblas.a with 64_ behind every public name, as numerical distributions ship it beside another BLAS so that the
# two do not meet. (Here the integers stay what they are: it is about names.)
blas=$(cc -print-file-name=libopenblas.a)
[ -f "$blas" ] || { echo "needs libopenblas-dev"; exit 77; }

"$LINKNAME_TOOL" rewrite "$blas" -o libopenblas64_.a --suffix 64_ >edits.txt
nm -s libopenblas64_.a 2>/dev/null | sed -n '/^Archive index/,/^$/p' | grep -q '^cblas_ddot64_ in '

cc -O2 "$SOURCE/main.c" libopenblas64_.a -lm -lpthread -lgfortran -o program 2>link.txt ||
  cc -O2 "$SOURCE/main.c" libopenblas64_.a -lm -lpthread "$(gcc -print-file-name=libgfortran.so.5)" -o program
test "$(./program)" = "ddot 32, dgemm 19 22 43 50, dgesv 1 2"
