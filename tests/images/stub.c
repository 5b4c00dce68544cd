/* What a program was linked with that wants `wanted`, before the edit makes it want something else. */
int wanted(int x) { return -x; }
