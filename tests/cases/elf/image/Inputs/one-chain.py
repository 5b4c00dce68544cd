"""Damages .gnu.hash of a little-endian ELF64 image: every bucket leads to the first symbol, no chain ends, and all hashes
belong to the last two buckets."""

import struct
import sys

path, damaged = sys.argv[1:]
with open(path, "rb") as file:
    image = bytearray(file.read())
table, count = struct.unpack_from("<Q", image, 40)[0], struct.unpack_from("<H", image, 60)[0]
headers = [struct.unpack_from("<IIQQQQIIQQ", image, table + 64 * i) for i in range(count)]
start, size = next((header[4], header[5]) for header in headers if header[1] == 0x6ffffff6)
buckets, first, words, _ = struct.unpack_from("<IIII", image, start)
chains = start + 16 + 8 * words + 4 * buckets
struct.pack_into(f"<{buckets}I", image, chains - 4 * buckets, *[first] * buckets)
symbols = (start + size - chains) // 4
struct.pack_into(f"<{symbols}I", image, chains, *[2 * buckets - 2] * symbols)
with open(damaged, "wb") as file:
    file.write(image)
print(buckets, "buckets,", symbols, "symbols")
