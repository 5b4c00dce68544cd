#!/usr/bin/env python3
"""unlist-macho.py IN OUT: the image without any entry in its symbol table. What the loader reads stays.

No strip at hand leaves that little; the signature, if there is one, is then wrong.
"""

import struct
import sys

with open(sys.argv[1], "rb") as file:
    data = bytearray(file.read())
at = 32
for _ in range(struct.unpack_from("<I", data, 16)[0]):
    kind, size = struct.unpack_from("<II", data, at)
    if kind == 0x2:  # LC_SYMTAB
        struct.pack_into("<II", data, at + 8, 0, 0)
    if kind == 0xB:  # LC_DYSYMTAB: all of it, the indirect table too, which would name symbols
        data[at + 8:at + size] = bytes(size - 8)
    at += size
with open(sys.argv[2], "wb") as file:
    file.write(data)
