// A section header that says less of the versions from elsewhere than loaders read: the rest would stay behind.
// REQUIRES: gcc, bfd
// RUN: gcc -O1 -fPIC -shared -fuse-ld=bfd %s -o %t.so && %elf-damage %s %t.so
// DAMAGE: shdr+0x6ffffffe:32 01: 1 .gnu.version_r: is smaller than what the loader reads
int puts(const char *text);
int open_door(void) { return puts("open"); }
