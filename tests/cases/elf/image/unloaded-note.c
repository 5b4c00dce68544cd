// A program header that describes bytes which nobody loads, at address 0, leads to the same bytes after an edit as before:
// here in place of PT_GNU_STACK, with an address that the first segment has too.
// REQUIRES: gcc, bfd
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: gcc -O1 -fPIC -shared -fuse-ld=bfd -Wl,-z,noseparate-code %S/Inputs/door.c -o a.so
// RUN: python3 %S/Inputs/unloaded.py make a.so
// RUN: python3 -c 'print("\n".join(f"alias name_{i} open_door" for i in range(200)))' > many.rules
// RUN: %tool rewrite a.so -o out.so --rules many.rules
// RUN: %tool check out.so && python3 %S/Inputs/unloaded.py show a.so > before && python3 %S/Inputs/unloaded.py show out.so | diff before -
