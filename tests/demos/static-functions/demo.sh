# Static functions straight from Debian's libz.a and liblua5.4.a: nothing is unpacked, nothing but their names is needed.
z=$(cc -print-file-name=libz.a)
lua=$(cc -print-file-name=liblua5.4.a)
[ -f "$z" ] && [ -f "$lua" ] || { echo "needs zlib1g-dev and liblua5.4-dev"; exit 77; }

"$LINKNAME_TOOL" rewrite "$z" -o libz-open.a --export gz_open 2>warnings.txt
grep -q 'gz_open.*ABI cannot be verified' warnings.txt # nothing in Debian's object shows it, and that is said
"$LINKNAME_TOOL" rewrite "$lua" -o liblua-open.a --export str_rep 2>&1 | grep -q 'lstrlib.o): export'
cc -O2 "$SOURCE/main.c" libz-open.a liblua-open.a -lm -ldl -o program
test "$(./program)" = "gz_open, gzputs, gzgets: kept; str_rep: ababab"
