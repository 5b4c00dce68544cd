. "$(dirname "$0")/../settings.sh"

$CC $CFLAGS -I"$INCLUDE" -c bytealg.c -o "$OUT/bytealg.o"
$CC $CFLAGS -c runtime.c -o "$OUT/runtime.o"

"$LINKNAME_TOOL" rewrite "$OUT/bytealg.o" >&2

$CC $LDFLAGS "$OUT/runtime.o" "$OUT/bytealg.o" -o "$OUT/app"
$RUN "$OUT/app"
