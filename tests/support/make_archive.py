#!/usr/bin/env python3
"""make_archive.py OUT [--index KIND] [--names short|long|bsd] [--thin] MEMBER...: an archive in a form that tools at hand do not write.

KIND: gnu, gnu64, coff, bsd, sorted, bsd64, sorted64, bsd-big, none; with `-exact` behind one of BSD's the name in front of the
index is not padded. What the members define is asked of llvm-nm. The fuzz corpus is made with the same functions.
"""

import argparse
import os
import struct
import subprocess


def member(field, contents, date=b"0", padding=b"\n"):
    header = field.ljust(16) + date.ljust(12) + b"0".ljust(6) * 2 + b"100644".ljust(8) + b"%-10d`\n" % len(contents)
    return header + contents + padding[: len(contents) % 2]


def archive(objects, index=None, long_names=False, bsd_names=False, magic=b"!<arch>\n"):
    """`objects`: pairs of a name and contents; `index`: what writes it when it is told where the objects' headers are."""
    table, parts = b"", []
    for name, contents in objects:
        if bsd_names:
            padded = name + bytes(-(len(name) + 60) % 8)
            contents += bytes(-len(contents) % 8)
            parts.append(member(b"#1/%d" % len(padded), padded + contents))
        elif long_names:
            parts.append(member(b"/%d" % len(table), contents))
            table += name + b"/\n"
        else:
            parts.append(member(name + b"/", contents))
    names = member(b"//", table) if long_names else b""

    def assembled(sample):
        at, offsets = len(magic) + len(sample) + len(names), []
        for part in parts:
            offsets.append(at)
            at += len(part)
        return offsets

    front = b""
    if index:
        for _ in range(2):
            front = index(assembled(front))
    return magic + front + names + b"".join(parts)


def thin(named, index=None, end=b"/\n"):
    """A thin archive of pairs of a name, which may have `:PLACE` behind it, and a size; `end` stands behind each name."""
    table, headers = b"", []
    for name, size in named:
        name, colon, place = name.partition(b":")
        headers.append(member(b"/%d%s" % (len(table), colon + place), b"")[:48] + b"%-10d`\n" % size)
        table += name + end
    names = member(b"//", table + b"\n" * (len(table) % 2))
    front = b""
    if index:
        for _ in range(2):
            start = 8 + len(front) + len(names)
            front = index([start + 60 * i for i in range(len(headers))])
    return b"!<thin>\n" + front + names + b"".join(headers)


def gnu(symbols, form, field):
    def index(offsets):
        listed = sorted(symbols, key=lambda one: one[1])
        data = struct.pack(form, len(listed)) + b"".join(struct.pack(form, offsets[i]) for _, i in listed)
        data += b"".join(name + b"\0" for name, _ in listed)
        return member(field, data + bytes(len(data) % 2))
    return index


def coff(symbols):
    first = gnu(symbols, ">I", b"/")

    def index(offsets):
        listed = sorted(symbols)
        data = struct.pack("<I", len(offsets)) + struct.pack(f"<{len(offsets)}I", *offsets)
        data += struct.pack("<I", len(listed)) + b"".join(struct.pack("<H", i + 1) for _, i in listed)
        data += b"".join(name + b"\0" for name, _ in listed)
        return first(offsets) + member(b"/", data + bytes(len(data) % 2))
    return index


def bsd(symbols, form, name, date=b"0", exact_name=False):
    def index(offsets):
        listed = list(symbols)
        if name.endswith(b"SORTED"):
            listed.sort()
        pairs, strings = b"", b""
        for symbol, i in listed:
            pairs += struct.pack(form, len(strings)) + struct.pack(form, offsets[i])
            strings += symbol + b"\0"
        size = struct.calcsize(form)
        strings += bytes(-(len(strings) + len(pairs) + 2 * size) % 8)
        data = struct.pack(form, len(pairs)) + pairs + struct.pack(form, len(strings)) + strings
        padded = name if exact_name else name + bytes(-(len(name) + 60 + 8) % 8)
        return member(b"#1/%d" % len(padded), padded + data, date)
    return index


def index_of(kind, symbols):
    exact = kind.endswith("-exact")
    kind = kind.removesuffix("-exact")
    forms = {"bsd": ("<I", b"__.SYMDEF"), "sorted": ("<I", b"__.SYMDEF SORTED"), "bsd-big": (">I", b"__.SYMDEF"),
             "bsd64": ("<Q", b"__.SYMDEF_64"), "sorted64": ("<Q", b"__.SYMDEF_64 SORTED")}
    if kind == "none":
        return None
    if kind in forms:
        form, name = forms[kind]
        # Apple's tools date it, others write 0.
        date = b"1600000000" if "sorted" in kind else b"0"
        return bsd(symbols, form, name, date, exact_name=exact)
    if kind == "coff":
        return coff(symbols)
    return gnu(symbols, *((">Q", b"/SYM64/") if kind == "gnu64" else (">I", b"/")))


def defined(path):
    listed = subprocess.run(["llvm-nm-19", "--format=posix", "--no-demangle", "--extern-only", "--defined-only", path],
                            capture_output=True, text=True, check=False).stdout
    return [line.split()[0].encode() for line in listed.splitlines()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--index", default="gnu")
    parser.add_argument("--names", default="short", choices=["short", "long", "bsd"])
    parser.add_argument("--thin", action="store_true")
    parser.add_argument("members", nargs="*")
    options = parser.parse_intermixed_args()
    objects, symbols = [], []
    for position, path in enumerate(options.members):
        with open(path, "rb") as file:
            objects.append((os.path.basename(path).encode(), file.read()))
        # What an archive in an archive defines, no index knows.
        if not objects[-1][1].startswith((b"!<arch>", b"!<thin>")):
            symbols += [(name, position) for name in defined(path)]
    if options.thin:
        named = [(path.encode(), os.path.getsize(path)) for path in options.members]
        with open(options.out, "wb") as file:
            file.write(thin(named, index_of(options.index, symbols), b"\0" if options.index == "coff" else b"/\n"))
        return
    with open(options.out, "wb") as file:
        file.write(archive(objects, index_of(options.index, symbols), options.names == "long", options.names == "bsd"))


if __name__ == "__main__":
    main()
