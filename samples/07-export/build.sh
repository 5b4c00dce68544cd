. "$(dirname "$0")/../settings.sh"

$CC $CFLAGS -fPIC -I"$INCLUDE" -c plain.c -o "$OUT/plain.o"
$CXX $CFLAGS -fPIC -I"$INCLUDE" -c scoped.cpp -o "$OUT/scoped.o"
$CXX $CFLAGS -I"$INCLUDE" -c app.cpp -o "$OUT/app.o"

"$LINKNAME_TOOL" rewrite "$OUT/plain.o" "$OUT/scoped.o" "$OUT/app.o" >&2

# A shared library, because that is where a hidden function would be out of reach.
$CXX $LDFLAGS -shared "$OUT/plain.o" "$OUT/scoped.o" -o "$OUT/libprivate$DLL"
$CXX $LDFLAGS "$OUT/app.o" "$OUT/libprivate$DLL" -o "$OUT/app"
$RUN "$OUT/app"
