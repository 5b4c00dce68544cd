. "$(dirname "$0")/../settings.sh"

$CXX $CFLAGS -I"$INCLUDE" -c app.cpp -o "$OUT/app.o"
$CXX $CFLAGS -c thermostat.cpp -o "$OUT/thermostat.o"

"$LINKNAME_TOOL" rewrite "$OUT/app.o" >&2                                  # ours: by its records
"$LINKNAME_TOOL" rewrite "$OUT/thermostat.o" --rules thermostat.rules >&2  # theirs: by rules

$CXX $LDFLAGS "$OUT/app.o" "$OUT/thermostat.o" -o "$OUT/app"
$RUN "$OUT/app"
