#!/usr/bin/env python3
"""sign-macho.py IN OUT WORD...: the image IN, which a linker has signed, with a signature as `codesign` and others write it.

    ad-hoc           as `codesign -s -`: flags 2, no requirements, an empty wrapper for certificates
    entitlements     with entitlements in both forms, and hashes of a property list and of resources beside the image
    identity         with a certificate (which is none) and a team
    sha1             hashes of SHA-1 alone; `both`: these first, and SHA-256 beside them
    pages-16k        pages of 16 KiB
    wrong            one hash is wrong
"""

import hashlib
import struct
import sys

source, out, *words = sys.argv[1:]
with open(source, "rb") as file:
    data = bytearray(file.read())


def blob(magic, contents=b""):
    return struct.pack(">II", magic, 8 + len(contents)) + contents


fields, at = {}, 32
for _ in range(struct.unpack_from("<I", data, 16)[0]):
    kind, size = struct.unpack_from("<II", data, at)
    if kind == 0x1D:
        fields["signature"] = at + 8
    if kind == 0x19 and data[at + 8:at + 18] == b"__LINKEDIT":
        fields["linkedit"] = at
    at += size
limit, _ = struct.unpack_from("<II", data, fields["signature"])
old = bytes(data[limit:])
first, = struct.unpack_from(">I", old, 16)
exec_segment = old[first + 64:first + 88]
del data[limit:]

blobs = {2: blob(0xFADE0C01, struct.pack(">I", 0))}
if "entitlements" in words:
    blobs[5] = blob(0xFADE7171, b"<plist><dict><key>a</key><true/></dict></plist>")
    blobs[7] = blob(0xFADE7172, b"p\x0a0\x08\x0c\x01a\x01\x01\xff")
special = {slot: blobs[slot] for slot in blobs}
if "entitlements" in words:
    special |= {1: b"Info.plist", 3: b"CodeResources"}
if "identity" in words:
    blobs[0x10000] = blob(0xFADE0B01, b"certificates")
else:
    blobs[0x10000] = blob(0xFADE0B01)
shift = 14 if "pages-16k" in words else 12
team = b"TEAM123456\0" if "identity" in words else b""
flags = 0 if "identity" in words else 2


def directory(hash_type):
    digest = (lambda text: hashlib.sha1(text).digest()) if hash_type == 1 else (lambda text: hashlib.sha256(text).digest())
    width = 20 if hash_type == 1 else 32
    slots = max(special)
    name = b"com.example.demo\0"
    hashes = 88 + len(name) + len(team) + slots * width
    pages = (limit + (1 << shift) - 1) >> shift
    body = b"".join(digest(special[slot]) if slot in special else bytes(width) for slot in range(slots, 0, -1))
    for page in range(pages):
        body += digest(bytes(data[page << shift:min((page + 1) << shift, limit)]))
    if "wrong" in words:
        body = body[:-1] + bytes([body[-1] ^ 1])
    head = struct.pack(">9I4B7I", 0xFADE0C02, hashes + pages * width, 0x20400, flags, hashes, 88, slots, pages, limit, width,
                       hash_type, 0, shift, 0, 0, 88 + len(name) if team else 0, 0, 0, 0, 0)[:64] + exec_segment
    return head + name + team + body


def whole():
    kinds = [1] if "sha1" in words else [1, 2] if "both" in words else [2]
    parts = {(0 if i == 0 else 0xFFF + i): directory(kind) for i, kind in enumerate(kinds)} | blobs
    offset, index, contents = 12 + 8 * len(parts), b"", b""
    for slot in sorted(parts):
        index += struct.pack(">II", slot, offset + len(contents))
        contents += parts[slot]
    return struct.pack(">III", 0xFADE0CC0, offset + len(contents), len(parts)) + index + contents


size = (len(whole()) + 1015) // 1000 * 1000 // 16 * 16  # codesign leaves room
struct.pack_into("<II", data, fields["signature"], limit, size)
begin, = struct.unpack_from("<Q", data, fields["linkedit"] + 40)
struct.pack_into("<Q", data, fields["linkedit"] + 48, limit + size - begin)
struct.pack_into("<Q", data, fields["linkedit"] + 32, (limit + size - begin + 0x3FFF) // 0x4000 * 0x4000)
with open(out, "wb") as file:
    file.write(data + whole().ljust(size, b"\0"))
