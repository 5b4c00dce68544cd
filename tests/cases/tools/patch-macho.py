#!/usr/bin/env python3
"""patch-macho.py type IN OUT NUMBER, or command IN OUT OLD NEW: another file type, or another kind of a load command."""

import struct
import sys

what, source, out, *numbers = sys.argv[1:]
with open(source, "rb") as file:
    data = bytearray(file.read())
if what == "type":
    struct.pack_into("<I", data, 12, int(numbers[0], 16))
else:
    at = 32
    for _ in range(struct.unpack_from("<I", data, 16)[0]):
        kind, size = struct.unpack_from("<II", data, at)
        if kind == int(numbers[0], 16):
            struct.pack_into("<I", data, at, int(numbers[1], 16))
        at += size
with open(out, "wb") as file:
    file.write(data)
