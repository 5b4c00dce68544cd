# Adds up the cases of ctest's logs. Suites print `N passed, N failed, N skipped`; doctest and lit count in their own
# words; a test that counts nothing is one case.
/^[0-9]+\/[0-9]+ Test: / { counted = 0 }
/^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$/ { add($1, $3, $5) }
/^\[doctest\] test cases:/ { add($6, $9, $12) }
/^  (Passed|Expectedly Failed) *:/ { add(number(), 0, 0) }
/^  Unsupported *:/ { add(0, 0, number()) }
/^  (Failed|Unresolved|Timed Out|Unexpectedly Passed) *:/ { add(0, number(), 0) }
/^Test Passed\.$/ { if (!counted) passed++ }
/^Test Failed\.$/ { if (!counted || !failures) failed++ }
END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }

function add(p, f, s) { passed += p; failed += f; skipped += s; failures = f; counted = 1 }
function number() { sub(/^[^:]*: */, ""); return $1 + 0 }
