namespace {
int count_bolts(int doors) { return doors * 2; }
} // namespace

extern int (*const lock_counter)(int);
int (*const lock_counter)(int) = count_bolts;
