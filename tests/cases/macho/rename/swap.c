// Two definitions trade their names, which are then written once more; the old strings stay.
// REQUIRES: clang-19
// RUN: %macho-kinds %s %t \
// RUN:   'llvm-nm -pm $o > $o.before; %macho-rewritten $o $o.new --rename _one=_two --rename _two=_one && \
// RUN:    llvm-nm -pm $o.new | sed "s/_one$/_1/;s/_two$/_one/;s/_1$/_two/" | cmp - $o.before'
int one(void) { return 1; }
int two(void) { return 2; }
