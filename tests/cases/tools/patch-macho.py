#!/usr/bin/env python3
"""patch-macho.py WHAT IN OUT WORD...: an image that no linker at hand makes.

    type NUMBER        another file type
    command OLD NEW    another kind of a load command
    forward NAME       an export that is forwarded to the first library, where it has the same name
"""

import os
import struct
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../support"))
import macho_images  # noqa: E402

what, source, out, *numbers = sys.argv[1:]
with open(source, "rb") as file:
    data = bytearray(file.read())
if what == "forward":
    # An address of up to 14 bits takes as many bytes as the number of a library and no name.
    image = macho_images.Image(bytes(data))
    trie, (begin, _) = image.bytes_of("exports"), image.tables["exports"]
    address = int(image.exports()[numbers[0]].split()[0], 16) - image.base
    payload = bytes([3, 0, address & 0x7F | 0x80, address >> 7])
    assert trie.count(payload) == 1
    at = begin + trie.index(payload)
    data[at:at + 4] = b"\3\x08\1\0"
elif what == "type":
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
