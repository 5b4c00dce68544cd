// Nothing to do changes no byte; what is there already is not done twice.
// REQUIRES: clang-19
// RUN: env CFLAGS=-g %macho-kinds %s %t \
// RUN:   '%tool rewrite $o -o $o.new && cmp $o $o.new && \
// RUN:    %tool rewrite $o -o $o.new --export _foo --rename _foo=_foo && cmp $o $o.new && \
// RUN:    %macho-rewritten $o $o.new --alias _bar=_foo && %tool rewrite $o.new -o $o.again --alias _bar=_foo && cmp $o.new $o.again'
int foo(void) { return 1; }
