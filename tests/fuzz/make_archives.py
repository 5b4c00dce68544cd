#!/usr/bin/env python3
"""make_archives.py OBJECTS OUTPUT: containers in every form for the fuzz target, out of the objects of make_corpus.sh.

Archives with each kind of index and with none, of each way to write names, inside of each other; universal files of
objects and of archives. Each is followed by bytes that steer the target: which object, a flags byte, requests.
"""

import os
import struct
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from make_archive import archive, index_of  # noqa: E402

folder, output = sys.argv[1:]


def read(name):
    path = os.path.join(folder, name + ".o")
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return file.read()


# The names that an index knows, and which object defines them.
symbols = [(b"visible", 0), (b"pushed", 1), (b"use", 1), (b"weak", 0)]


def known(prefix, objects):
    return [(prefix + name, position) for name, position in symbols if position < objects]


def universal(slices, wide=False):
    """`slices`: (cpu, subtype, alignment, contents)"""
    row = struct.Struct(">IIQQII" if wide else ">IIIII")
    at = 8 + row.size * len(slices)
    head, body = b"\xca\xfe\xba" + (b"\xbf" if wide else b"\xbe") + struct.pack(">I", len(slices)), b""
    for cpu, subtype, align, contents in slices:
        padding = -at % (1 << align)
        at += padding
        body += bytes(padding) + contents
        head += row.pack(*([cpu, subtype, at, len(contents), align] + [0] * wide))
        at += len(contents)
    return head + body


# Which object; flags; then requests as in make_corpus.sh: rename, export, localize, and none.
steerings = {
    "none": b"\0\0",
    "rename": b"\0\0\0\1\0\0\1",
    "rename-named": b"\0\0\0\x08\0\3\4",
    "rename-second": b"\1\0\0\x08\0\4\4",
    "export": b"\0\0\x82\1\0\0",
    "localize": b"\1\0\5\1\0\0",
    "alias": b"\0\0\1\x08\0\3\4",
    "weaken": b"\1\0\4\1\0\0",
}


def write(name, contents):
    if len(contents) > 14000:
        return
    for kind, steering in steerings.items():
        with open(os.path.join(output, f"{name}-{kind}"), "wb") as file:
            file.write(contents + steering + bytes([len(steering)]))


def main():
    families = {"elf": ("x86_64-plain", "x86_64-binds", b""), "elf-big": ("s390x-plain", "s390x-binds", b""),
                "coff": ("coff-x86_64-pc-windows-msvc-plain", "coff-x86_64-pc-windows-msvc-binds", b""),
                "macho": ("macho-arm64-plain", "macho-arm64-binds", b"_"),
                "macho-other": ("macho-x86_64-plain", "macho-x86_64-binds", b"_")}
    archives = {}
    for family, (one, other, prefix) in families.items():
        one, other = read(one), read(other)
        if not one or not other:
            continue
        objects = [(b"plain.o", one), (b"binds.o", other), (b"odd.txt", b"odd")]
        for kind in ("gnu", "gnu64", "none", "coff"):
            archives[family, kind] = archive(objects, index_of(kind, known(prefix, 2)), long_names=kind != "gnu64")
        for kind in ("bsd", "sorted", "bsd-big", "bsd64", "sorted64-exact"):
            archives[family, kind] = archive(objects[:2], index_of(kind, known(prefix, 2)), bsd_names=True)
        archives[family, "twins"] = archive([objects[0], objects[0]], index_of("gnu", known(prefix, 1)))
        archives[family, "nested"] = archive([(b"in.a", archives[family, "gnu"]), objects[0]])
    for (family, kind), contents in archives.items():
        write(f"{family}-{kind}", contents)
    write("empty", archive([]))
    write("thin", archive([], magic=b"!<thin>\n"))
    arm, intel = read("macho-arm64-plain"), read("macho-x86_64-plain")
    if arm and intel:
        def slices(contents, other):
            return [(0x01000007, 3, 12 if len(contents) < 2000 else 3, contents), (0x0100000C, 0, 4, other)]
        objects = universal(slices(intel, arm))
        write("universal", objects)
        write("universal64", universal(slices(intel, arm), wide=True))
        write("universal-archives", universal(slices(archives["macho-other", "sorted"], archives["macho", "sorted"])))
        write("archive-of-universal", archive([(b"both.o", objects)], index_of("bsd", known(b"_", 1))))


if __name__ == "__main__":
    main()
