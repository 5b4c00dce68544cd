#!/usr/bin/env python3
"""Rewrites the ELF and COFF objects that this machine has, for every processor: start-up files, and members of archives.

For each object: an empty plan gives back the same bytes; and after one edit (`--weaken` and `--alias` in turn) every
section but the symbol table and its strings is what it was, and so is every other symbol. What came out is read here,
not with linkname's own code. One line per archive or folder and per failure, then `N passed, N failed, N skipped`.

    LINKNAME_TOOL=...   the tool (build/release/bin/linkname-tool)
    MOST=N              members of one archive at most, spread over it (400)
    JOBS=N              objects at a time (2)
"""

import concurrent.futures
import glob
import os
import struct
import subprocess
import sys
import tempfile

import coff

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
tool = os.environ.get("LINKNAME_TOOL", os.path.join(root, "build/release/bin/linkname-tool"))
most = int(os.environ.get("MOST", "400"))

machines = ["x86_64", "i686", "aarch64", "s390x", "riscv64", "powerpc64le"]
libraries = [f"/usr/{machine}-linux-gnu/lib" for machine in machines] + [
    "/usr/arm-linux-gnueabihf/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/gcc/*/12", "/usr/lib/gcc-cross/*/12"
]
mingw = ["/usr/lib/gcc/*-w64-mingw32/12-win32/libstdc++.a", "/usr/*-w64-mingw32/lib/libmingwex.a"]
mingw += [f"/usr/x86_64-w64-mingw32/lib/lib{name}.a" for name in (
    "kernel32", "user32", "advapi32", "ws2_32", "ole32", "msvcrt", "ucrtbase", "ntdll", "shell32", "gdi32", "crypt32",
    "dbghelp", "winmm")]
archives = ["libc.a", "libm-*.a", "libstdc++.a", "libgcc.a", "libgcc_eh.a", "libpthread.a", "liblua5.4.a", "libz.a",
            "libzstd.a"]
llvm = ["Support", "Demangle", "Object", "DebugInfoDWARF", "MC"]

SHT_SYMTAB, SHT_NOBITS, SHT_SYMTAB_SHNDX = 2, 8, 18
SHN_UNDEF, SHN_COMMON = 0, 0xFFF2
STB_GLOBAL, STB_WEAK = 1, 2


class Elf:
    """An ELF object, read by the book (gABI)."""

    def __init__(self, data):
        self.data = data
        self.wide = data[4] == 2
        self.order = "<" if data[5] == 1 else ">"
        self.kind = self.at("H", 16)[0]
        self.shoff = self.at("Q", 40)[0] if self.wide else self.at("I", 32)[0]
        self.sections = []
        self.table = 0
        if self.kind != 1 or self.shoff == 0:
            return
        entry = self.order + ("IIQQQQIIQQ" if self.wide else "IIIIIIIIII")
        size = struct.calcsize(entry)
        number = self.at("H", 60 if self.wide else 48)[0] or struct.unpack_from(entry, data, self.shoff)[5]
        self.sections = [struct.unpack_from(entry, data, self.shoff + i * size) for i in range(number)]
        self.table = next((i for i, section in enumerate(self.sections) if section[1] == SHT_SYMTAB), 0)

    def at(self, form, offset):
        return struct.unpack_from(self.order + form, self.data, offset)

    def contents(self, section):
        header = self.sections[section]
        return b"" if header[1] in (0, SHT_NOBITS) else self.data[header[4]:header[4] + header[5]]

    def symbols(self):
        """(name, value, size, info, other, section index) of every entry, in order."""
        if not self.table:
            return []
        strings = self.contents(self.sections[self.table][6])

        def name(offset):
            return strings[offset:strings.index(b"\0", offset)]

        entries = struct.iter_unpack(self.order + ("IBBHQQ" if self.wide else "IIIBBH"), self.contents(self.table))
        if self.wide:
            return [(name(n), value, size, info, other, index) for n, info, other, index, value, size in entries]
        return [(name(n), value, size, info, other, index) for n, value, size, info, other, index in entries]


def run(*arguments):
    return subprocess.run([tool, *arguments], capture_output=True, text=True)


def editable(symbols):
    """A global definition whose name means that symbol alone."""
    names = {}
    for symbol in symbols:
        base = symbol[0].split(b"@")[0]
        names[base] = names.get(base, 0) + 1
    for name, _, _, info, _, index in symbols:
        if (info >> 4 == STB_GLOBAL and index not in (SHN_UNDEF, SHN_COMMON) and names.get(name) == 1 and
                name.isascii() and not set(name) & set(b"*?[:@#( ")):
            return name
    return None


def same_but_for_symbols(before, after):
    """What differs outside the symbol table and its strings, in words; None when nothing does."""
    if len(before.sections) != len(after.sections):
        return "another number of sections"
    header = 40 if before.wide else 32
    if before.data[:header] != after.data[:header]:
        return "another ELF header"
    free = {before.table, before.sections[before.table][6]}
    free |= {i for i, section in enumerate(before.sections) if section[1] == SHT_SYMTAB_SHNDX}
    for i, (old, new) in enumerate(zip(before.sections, after.sections)):
        kept = (0, 1, 2, 3, 6, 7, 8, 9) if i in free else (0, 1, 2, 3, 5, 6, 7, 8, 9)
        if any(old[field] != new[field] for field in kept):
            return f"another header of section {i}"
        if old[8] > 1 and old[4] % old[8] == 0 and new[4] % new[8] != 0:
            return f"section {i} is not aligned any more"
        if i not in free and before.contents(i) != after.contents(i):
            return f"other contents of section {i}"
    old_strings, new_strings = (elf.contents(before.sections[before.table][6]) for elf in (before, after))
    if not new_strings.startswith(old_strings):
        return "old strings have changed"
    return None


def wrong(data, number, folder):
    """What goes wrong with one object, in words; None when all is as it should be."""
    source = os.path.join(folder, f"{number}.o")
    output = source + ".new"
    with open(source, "wb") as file:
        file.write(data)
    try:
        done = run("rewrite", source, "-o", output)
        if done.returncode != 0:
            return f"empty plan: status {done.returncode}: {done.stderr.strip()}"
        with open(output, "rb") as file:
            if file.read() != data:
                return "empty plan: other bytes"

        if coff.is_object(data):
            return wrong_coff(data, number, source, output)
        before = Elf(data)
        symbols = before.symbols()
        name = editable(symbols)
        if name is None:
            return None
        weaken = number % 2 == 0
        edit = ["--weaken", name.decode()] if weaken else ["--alias", f"linkname_identity={name.decode()}"]
        done = run("rewrite", source, "-o", output, *edit)
        if done.returncode != 0:
            return f"{' '.join(edit)}: status {done.returncode}: {done.stderr.strip()}"
        with open(output, "rb") as file:
            after = Elf(file.read())
        difference = same_but_for_symbols(before, after)
        if difference:
            return f"{' '.join(edit)}: {difference}"
        if weaken:
            expected = [(s[0], s[1], s[2], STB_WEAK << 4 | s[3] & 15, s[4], s[5]) if s[0] == name else s
                        for s in symbols]
        else:
            like = next(s for s in symbols if s[0] == name)
            expected = symbols + [(b"linkname_identity", like[1], like[2], like[3], like[4] & ~3, like[5])]
        return None if after.symbols() == expected else f"{' '.join(edit)}: other symbols than expected"
    finally:
        for path in (source, output):
            if os.path.exists(path):
                os.unlink(path)


def wrong_coff(data, number, source, output):
    """The second half of it for a COFF object."""
    before = coff.Coff(data)
    found = coff.editable(before)
    if found is None:
        return None
    index, name = found
    weaken = number % 2 == 0
    edit = ["--weaken", name.decode()] if weaken else ["--alias", f"linkname_identity={name.decode()}"]
    done = run("rewrite", source, "-o", output, *edit)
    if done.returncode != 0:
        return f"{' '.join(edit)}: status {done.returncode}: {done.stderr.strip()}"
    with open(output, "rb") as file:
        after = coff.Coff(file.read())
    difference = coff.difference(before, after, index, name, weaken)
    return f"{' '.join(edit)}: {difference}" if difference else None


def members(path):
    """The objects of an archive (ar(5), GNU names), as many as `most` allows, spread evenly."""
    with open(path, "rb") as file:
        data = file.read()
    if not data.startswith(b"!<arch>\n"):
        return []
    found, names, at = [], b"", 8
    while at + 60 <= len(data):
        name, size = data[at:at + 16].rstrip(), int(data[at + 48:at + 58])
        start = at + 60
        if name == b"//":
            names = data[start:start + size]
        elif name not in (b"/", b"/SYM64/"):
            if name.startswith(b"/"):
                name = names[int(name[1:]):].split(b"/\n")[0]
            found.append((name.rstrip(b"/").decode(errors="replace"), start, size))
        at = start + size + size % 2
    step = max(1, -(-len(found) // most))
    chosen = [(name, data[start:start + size]) for name, start, size in found[::step]]
    return [(name, contents) for name, contents in chosen if is_object(contents)]


def is_object(data):
    return coff.is_object(data) or (data[:4] == b"\x7fELF" and Elf(data).kind == 1)


def sources():
    """Pairs of where objects come from and a list of (name, bytes)."""
    for pattern in libraries:
        for folder in sorted(glob.glob(pattern)):
            loose = []
            for path in sorted(glob.glob(os.path.join(folder, "*.o"))):
                with open(path, "rb") as file:
                    data = file.read()
                if is_object(data):
                    loose.append((os.path.basename(path), data))
            yield folder, loose
            for archive in archives:
                for path in sorted(glob.glob(os.path.join(folder, archive))):
                    yield path, members(path)
    for pattern in mingw:
        for path in sorted(glob.glob(pattern)):
            yield path, members(path)
    for version in (14, 19):
        for library in llvm:
            path = f"/usr/lib/llvm-{version}/lib/libLLVM{library}.a"
            if os.path.exists(path):
                yield path, members(path)


def main():
    passed = failed = number = 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(
            int(os.environ.get("JOBS", "2"))) as pool:
        for source, objects in sources():
            if not objects:
                continue
            numbers = range(number, number + len(objects))
            number += len(objects)
            problems = list(pool.map(lambda one: wrong(one[0][1], one[1], folder), zip(objects, numbers)))
            bad = [(name, problem) for (name, _), problem in zip(objects, problems) if problem]
            passed += len(objects) - len(bad)
            failed += len(bad)
            for name, problem in bad:
                print(f"FAIL {source}({name}): {problem}")
            print(f"{'FAIL' if bad else 'pass'} {source}: {len(objects)} objects", flush=True)
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
