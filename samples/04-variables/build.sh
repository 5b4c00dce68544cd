. "$(dirname "$0")/../settings.sh"

$CC $CFLAGS -I"$INCLUDE" -c app.c -o "$OUT/app.o"
$CC $CFLAGS -I"$INCLUDE" -c cgo.c -o "$OUT/cgo.o"
$CC $CFLAGS -c runtime.c -o "$OUT/runtime.o"

"$LINKNAME_TOOL" rewrite "$OUT/app.o" "$OUT/cgo.o" >&2

$CC $LDFLAGS "$OUT/app.o" "$OUT/cgo.o" "$OUT/runtime.o" -o "$OUT/app"
$RUN "$OUT/app"
