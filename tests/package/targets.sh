# Part of run.sh: linkname_target, linkname_rewrite and linkname_export in a project of their own, with both kinds of generators. What is
# built is run by the build itself; here is what only shows over several builds.

wrong() { # CASE WORDS
  refused "refused: $1" "$2" "$CMAKE" -S "$here/wrong" -B "$work/wrong" -G "${3:-Ninja}" -DCMAKE_PREFIX_PATH="$prefix" -DCASE="$1"
}
wrong "no target" "there is no target 'missing'; call it after"
wrong "interface library" "nothing is compiled or linked for it (it is of type INTERFACE_LIBRARY)"
wrong "custom target" "nothing is compiled or linked for it (it is of type UTILITY)"
wrong "imported library" "it is imported, so nothing of it is compiled"
wrong "rules of a static library" "it is not linked itself"
wrong "no rules file" "there is no file $here/wrong/missing.rules"
wrong "no word behind RULES" "nothing stands behind RULES"
wrong "unknown word" "does not know 'STRICTLY'"
wrong "neither on nor off" "HANDSHAKE is on or off, not 'maybe'"
wrong "twice" "was called before"
wrong "link-time optimisation" "turn it off for this target"
wrong "rewrite: nothing to do" "nothing says what is to be changed"
wrong "rewrite: no target" "there is no target 'missing'"
wrong "rewrite: unknown word" "does not know 'f'"
wrong "rewrite: shared library" "linkname_export exports from what is linked"
wrong "rewrite: imported shared library" "it is no static library: /usr/lib/libimported.so"
wrong "rewrite: imported, in place" "AS NEW makes a changed copy"
wrong "rewrite: a name that is taken" "there is a target 'shared' already"
wrong "rewrite: objects alone" "it has no source of its own"
wrong "rewrite: in another folder" "only there a step can be added to it"
wrong "export: nothing to do" "nothing says what is to be exported"
wrong "export: no target" "there is no target 'missing'"
wrong "export: unknown word" "does not know 'f'"
wrong "export: nothing behind SYMBOLS" "nothing stands behind SYMBOLS"
wrong "export: no rules file" "there is no file $here/wrong/missing.rules"
wrong "export: static library" "linkname_rewrite changes static libraries"
wrong "export: imported library" "it is imported, and not this project's to change"
wrong "export: in another folder" "only there a step can be added to it"

project=$work/"a project" # with a blank, as folders of users have it

start_project() { # GENERATOR OPTIONS...
  local generator=$1
  shift
  rm -rf "$project" && cp -R "$here/targets" "$project" &&
    "$CMAKE" -S "$project" -B "$project/build" -G "$generator" -DCMAKE_PREFIX_PATH="$prefix" "$@"
}
build() { "$CMAKE" --build "$project/build" "$@" >"$work/built.txt" 2>&1 || { cat "$work/built.txt"; return 1; }; }

# What the last build linked, without folders and endings, in the order of the alphabet.
linked() { sed -nE 's/^.*Linking .* ([^ /]*)$/\1/p' "$work/built.txt" | sort | tr '\n' ' '; }
only_linked() { # NAMES: exactly these
  [ "$(linked)" = "$1" ] || { echo "linked: $(linked), not: $1" && cat "$work/built.txt" && false; }
}
builds_and_runs() {
  start_project "$@" && build --parallel 8 && cat "$work/built.txt" && grep -q 'app: 1234 2 3 1235 4 42' "$work/built.txt" &&
    grep -q 'audit: 8 7' "$work/built.txt" && grep -q 'burglar: 1234' "$work/built.txt" &&
    grep -q 'museum: 1234 1234' "$work/built.txt" && grep -q 'locksmith: 11 14 20 3' "$work/built.txt"
}
nothing_left_to_do() {
  build && cat "$work/built.txt" && ! grep -qE 'Building|Linking|Rewriting|Exporting' "$work/built.txt"
}
provider_changes() {
  sed -i 's/CODE 1234/CODE 4321/' "$project/vault.c" && build &&
    only_linked "app burglar libvault.a museum " && grep -q 'app: 4321 2 3 4322' "$work/built.txt" &&
    grep -q 'burglar: 4321' "$work/built.txt" && grep -q 'museum: 4321 4321' "$work/built.txt" &&
    [ "$(grep -c Rewriting "$work/built.txt")" -eq 2 ] && nothing_left_to_do
}
consumer_changes() {
  touch "$project/cell.c" && build && only_linked "app libplugin.so " && nothing_left_to_do
}
rules_change() {
  touch "$project/app.rules" && build && only_linked "app " && nothing_left_to_do
}
permission_goes() {
  sed -i.kept '/^allow app.c/d' "$project/app.rules" && ! build >"$work/refusal.txt" && cat "$work/refusal.txt" &&
    grep -q "'combination'" "$work/refusal.txt" && ! build >"$work/refusal.txt" && mv "$project/app.rules.kept" "$project/app.rules" && touch "$project/app.rules" &&
    build && only_linked "app " && nothing_left_to_do
}
rewriting_rules_change() {
  echo "alias ledger_again ledger_total" >>"$project/ledger.rules" && build && only_linked "audit libledger.a " &&
    nm "$project/build/libledger.a" | grep -q ' T ledger_again' && nothing_left_to_do
}
rewriting_fails() { # nothing is left that a later build could take for the result
  echo "alias wrong missing" >>"$project/ledger.rules" && ! build >"$work/refusal.txt" && ! build >"$work/refusal.txt" &&
    cat "$work/refusal.txt" && grep -q "'missing'" "$work/refusal.txt" && sed -i '/missing/d' "$project/ledger.rules" && build && nothing_left_to_do
}
tool_changes() {
  touch "$prefix/bin/linkname-tool" && build && only_linked "app audit burglar libgate.so libledger.a libplugin.so libsafe.so locksmith museum " &&
    nothing_left_to_do
}
exporting_rules_change() {
  echo "alias dial_again dial" >>"$project/safe.rules" && build && only_linked "libsafe.so locksmith " &&
    nm -D "$project/build/libsafe.so" | grep -q ' T dial_again' && nothing_left_to_do
}
exporting_fails() { # nothing is left that a later build could take for the result
  echo "export missing" >>"$project/safe.rules" && ! build >"$work/refusal.txt" && ! build >"$work/refusal.txt" &&
    cat "$work/refusal.txt" && grep -q "'missing'" "$work/refusal.txt" && sed -i '/missing/d' "$project/safe.rules" && build && nothing_left_to_do
}
exporting_source_changes() {
  sed -i 's/FIRST 10/FIRST 30/' "$project/safe.cpp" && build && grep -q 'locksmith: 31 14 20 3' "$work/built.txt" &&
    nothing_left_to_do
}
installed_too() { # with another path to look for libraries than in the build folder
  "$CMAKE" --install "$project/build" --prefix "$work/installed" && LD_BIND_NOW=1 "$work/installed/bin/locksmith"
}
original_is_kept() { nm "$project/build/libvault.a" | grep -q ' t combination' && ! nm "$project/build/libvault.a" | grep -q vault_check; }

for generator in Ninja "Unix Makefiles"; do
  if [ "$generator" != Ninja ] && ! command -v make >/dev/null; then
    skip "$generator: make is not installed"
    continue
  fi
  try "$generator: every kind of target, built at once and run" builds_and_runs "$generator"
  try "$generator: nothing is left to do" nothing_left_to_do
  try "$generator: a library that is copied stays as it is" original_is_kept
  try "$generator: a provider changes" provider_changes
  try "$generator: an object changes" consumer_changes
  try "$generator: rules change" rules_change
  try "$generator: a permission goes, and the link fails until it is back" permission_goes
  try "$generator: rules of a rewritten library change" rewriting_rules_change
  try "$generator: a rewrite fails, and again, until it can be done" rewriting_fails
  try "$generator: rules of what is exported change" exporting_rules_change
  try "$generator: a step behind the link fails, and again, until it can be done" exporting_fails
  try "$generator: the source of what is exported changes" exporting_source_changes
  try "$generator: what was linked and edited is installed" installed_too
  try "$generator: the tool changes" tool_changes
  try "$generator: long commands in response files" builds_and_runs "$generator" -DCMAKE_C_USE_RESPONSE_FILE_FOR_OBJECTS=1 \
    -DCMAKE_CXX_USE_RESPONSE_FILE_FOR_OBJECTS=1 -DCMAKE_C_USE_RESPONSE_FILE_FOR_LIBRARIES=1 -DCMAKE_NINJA_FORCE_RESPONSE_FILE=1
done

several_configurations() {
  start_project "Ninja Multi-Config" && for configuration in Debug Release Debug; do
    build --config $configuration && cat "$work/built.txt" && grep -q 'app: 1234 2 3 1235 4 42' "$work/built.txt" &&
      build --config $configuration && ! grep -qE 'Building|Linking|Rewriting|Exporting' "$work/built.txt" &&
      nm "$project/build/vault-open.linkname/$configuration/libvault.a" | grep -q 'T combination' || return
  done
}
try "Ninja Multi-Config: two configurations of one build" several_configurations
