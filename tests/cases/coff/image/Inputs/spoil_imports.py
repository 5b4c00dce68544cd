"""spoil_imports.py IN OUT: writes another word into the first entry of the table of imports that the loader fills."""
import struct
import sys

data = bytearray(open(sys.argv[1], "rb").read())
optional = struct.unpack_from("<I", data, 0x3C)[0] + 24
directory, table = struct.unpack_from("<I", data, optional + 112 + 8)[0], None
count, size = struct.unpack_from("<H", data, optional - 18)[0], struct.unpack_from("<H", data, optional - 4)[0]


def offset(rva):
    for i in range(count):
        _, begin, length, raw = struct.unpack_from("<IIII", data, optional + size + 40 * i + 8)
        if begin <= rva < begin + length:
            return raw + rva - begin


struct.pack_into("<I", data, offset(struct.unpack_from("<I", data, offset(directory) + 16)[0]), 0x1000)
open(sys.argv[2], "wb").write(data)
