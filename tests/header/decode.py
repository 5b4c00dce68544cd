#!/usr/bin/env python3
"""Reads linkname records out of an object file; written from docs/record.md alone.

This is the independent witness for the header and for the tool's own decoder,
so it shares no code with either. It knows just enough of ELF, COFF and Mach-O.

    decode.py OBJECT             print: flags, remote, spelled, line, reason, target
                                 (tab-separated, strings escaped as in Python)
    decode.py OBJECT EXPECTED    compare with a file of such lines, in any order;
                                 a target there is one or more patterns joined by |
    decode.py --absent IMAGE     no record may be left in a linked image
"""
import fnmatch
import struct
import sys


class Malformed(Exception):
    pass


def require(condition, text):
    if not condition:
        raise Malformed(text)


def c_string(data, at):
    return data[at:data.index(b"\0", at)].decode()


class Object:
    """What the record decoder needs: the section, and whom a pointer names."""

    def __init__(self, data):
        self.data = data
        self.sections = []   # (name, content, dropped by linkers)
        self.order = "<"
        self.pointer = 8
        self.relocations = {}  # section index -> {offset: symbol index or ("at", section)}

    def names_at(self, place):
        raise NotImplementedError


class Elf(Object):
    def __init__(self, data):
        super().__init__(data)
        self.pointer = 8 if data[4] == 2 else 4
        self.order = o = "<" if data[5] == 1 else ">"
        big = self.pointer == 8
        shoff = struct.unpack_from(o + ("Q" if big else "I"), data, 40 if big else 32)[0]
        entsize, number, names = struct.unpack_from(o + "HHH", data, 58 if big else 46)
        form = o + ("IIQQQQIIQQ" if big else "IIIIIIIIII")
        headers = [struct.unpack_from(form, data, shoff + i * entsize) for i in range(number)] if shoff else []
        content = lambda h: b"" if h[1] == 8 else data[h[4]:h[4] + h[5]]
        strings = content(headers[names]) if headers else b""
        for h in headers:
            name = c_string(strings, h[0])
            self.sections.append((name, content(h), bool(h[2] & 0x80000000) and not h[2] & 2))
        self.symbols = []
        for h in headers:
            if h[1] != 2:
                continue
            table, text = content(h), content(headers[h[6]])
            for at in range(0, len(table), h[9]):
                if big:
                    name, info, _, section, value, _ = struct.unpack_from(o + "IBBHQQ", table, at)
                else:
                    name, value, _, info, _, section = struct.unpack_from(o + "IIIBBH", table, at)
                self.symbols.append((c_string(text, name), info & 15, section, value))
        for h in headers:
            if h[1] not in (4, 9):
                continue
            table, found = content(h), self.relocations.setdefault(h[7], {})
            for at in range(0, len(table), h[9]):
                offset, info = struct.unpack_from(o + ("QQ" if big else "II"), table, at)
                addend = struct.unpack_from(o + ("q" if big else "i"), table, at + 2 * self.pointer)[0] if h[1] == 4 else None
                found[offset] = (info >> (32 if big else 8), addend)

    def names_at(self, section, offset):
        index, addend = self.relocations.get(section, {})[offset]
        if addend is None:
            addend = struct.unpack_from(self.order + ("q" if self.pointer == 8 else "i"), self.sections[section][1], offset)[0]
        name, kind, where, value = self.symbols[index]
        if where == 0:
            return {name}
        return {n for n, k, w, v in self.symbols if k not in (3, 4) and n and not n.startswith("$") and (w, v) == (where, value + addend)}


class Coff(Object):
    def __init__(self, data):
        super().__init__(data)
        machine, number, _, symtab, count, optional, _ = struct.unpack_from("<HHIIIHH", data, 0)
        self.underscore = machine == 0x14C
        self.pointer = 4 if machine == 0x14C else 8
        strings = data[symtab + 18 * count:] if symtab else b""
        def name_of(raw):
            if raw[:1] == b"/" and raw[1:].rstrip(b"\0").isdigit():
                return c_string(strings, int(raw[1:].rstrip(b"\0")))
            if raw[:4] == b"\0\0\0\0":
                return c_string(strings, struct.unpack("<I", raw[4:])[0])
            return raw.rstrip(b"\0").decode()
        for i in range(number):
            at = 20 + optional + 40 * i
            name = name_of(data[at:at + 8])
            _, _, size, raw, relocs, _, nrelocs, _, flags = struct.unpack_from("<IIIIIIHHI", data, at + 8)
            self.sections.append((name, data[raw:raw + size], bool(flags & 0x800)))
            found = self.relocations.setdefault(i, {})
            for k in range(nrelocs):
                offset, symbol, _ = struct.unpack_from("<IIH", data, relocs + 10 * k)
                found[offset] = symbol
        self.symbols, i = {}, 0
        while i < count:
            at = symtab + 18 * i
            value, section, _, storage, aux = struct.unpack_from("<IhHBB", data, at + 8)
            self.symbols[i] = (name_of(data[at:at + 8]), section, value, storage == 3 and aux > 0)
            i += 1 + aux

    def names_at(self, section, offset):
        name, where, value, _ = self.symbols[self.relocations[section][offset]]
        plain = lambda n: n[1:] if self.underscore and n.startswith("_") else n
        if where == 0:
            return {plain(name)}
        value += struct.unpack_from("<i" if self.pointer == 4 else "<q", self.sections[section][1], offset)[0]
        return {plain(n) for n, w, v, is_section in self.symbols.values() if (w, v) == (where, value) and not is_section}


class MachO(Object):
    def __init__(self, data):
        super().__init__(data)
        commands, at = struct.unpack_from("<I", data, 16)[0], 32
        self.symbols = []
        for _ in range(commands):
            command, size = struct.unpack_from("<II", data, at)
            if command == 0x19:
                for k in range(struct.unpack_from("<I", data, at + 64)[0]):
                    s = at + 72 + 80 * k
                    name = data[s + 16:s + 32].rstrip(b"\0").decode() + "," + data[s:s + 16].rstrip(b"\0").decode()
                    _, length, offset, _, relocs, nrelocs, flags = struct.unpack_from("<QQIIIII", data, s + 32)
                    self.sections.append((name, data[offset:offset + length], bool(flags & 0x02000000)))
                    found = self.relocations.setdefault(len(self.sections) - 1, {})
                    for r in range(nrelocs):
                        address, bits = struct.unpack_from("<iI", data, relocs + 8 * r)
                        found[address] = (bits & 0xFFFFFF, bits >> 27 & 1)
            elif command == 2:
                symoff, count, stroff, _ = struct.unpack_from("<IIII", data, at + 8)
                for k in range(count):
                    name, kind, section, _, value = struct.unpack_from("<IBBHQ", data, symoff + 16 * k)
                    self.symbols.append((c_string(data, stroff + name), kind, section, value))
            at += size

    def names_at(self, section, offset):
        number, external = self.relocations[section][offset]
        value = struct.unpack_from("<q", self.sections[section][1], offset)[0]
        if external:
            name, kind, _, address = self.symbols[number]
            if kind & 14 == 0:
                return {name[1:]}
            value += address
        return {n[1:] for n, kind, _, v in self.symbols if kind & 14 == 14 and not kind & 0xE0 and v == value and n.startswith("_")}


def open_object(path):
    data = open(path, "rb").read()
    if data[:4] == b"\x7fELF":
        return Elf(data)
    if data[:4] == b"\xcf\xfa\xed\xfe":
        return MachO(data)
    return Coff(data)


def records(obj):
    found = [i for i, s in enumerate(obj.sections) if s[0] in (".linkname", "__DWARF,__linkname")]
    require(found, "no record section")
    for index in found:
        name, content, dropped = obj.sections[index]
        require(dropped, "a linker would keep " + name)
        o, p, at, used = obj.order, obj.pointer, 0, set()
        while at < len(content):
            if content[at] == 0 and not any(content[at:at + p]) and at % p == 0:
                at += p
                continue
            require(at % p == 0, "record not aligned")
            magic, version, flags, size = struct.unpack_from(o + "IBBH", content, at)
            require(magic == 0x314B4E4C, "magic")
            require(version == 1 and flags in (0, 1), "version or flags")
            require(at + size <= len(content), "size")
            texts = content[at + 8 + p:at + size].split(b"\0")
            require(len(texts) == 5 and texts[4] == b"", "not four strings")
            remote, spelled, where, reason = (t.decode().encode("unicode_escape").decode() for t in texts[:4])
            if flags:
                require(not any(content[at + 8:at + 8 + p]), "a pointer in a record by name")
                require(at + 8 not in obj.relocations.get(index, {}), "a relocation in a record by name")
                targets = {"-"}
            else:
                targets = obj.names_at(index, at + 8)
                used.add(at + 8)
            require(where.count(":"), "file:line")
            yield flags, remote, spelled, where.rsplit(":", 1)[1], reason, targets
            end = at + size
            at = (end + p - 1) // p * p
            require(not any(content[end:at]), "padding is not zero")
        require(used == set(obj.relocations.get(index, {})), "relocations besides the pointers")


def main():
    if sys.argv[1] == "--absent":
        data = open(sys.argv[2], "rb").read()
        require(b"LNK1" not in data and b"1KNL" not in data, "the image still holds a record")
        require(b".linkname\0" not in data and b"__linkname" not in data, "the image still names the section")
        # with -g the debug information rightly knows the variable
        require(b"linkname_record" not in data or b"debug_info" in data, "the image still has a record's symbol")
        return 0
    got = list(records(open_object(sys.argv[1])))
    if len(sys.argv) == 2:
        for r in got:
            print("\t".join([str(r[0])] + list(r[1:5]) + ["|".join(sorted(r[5]))]))
        return 0
    wrong = []
    for line in open(sys.argv[2], encoding="utf-8"):
        flags, remote, spelled, number, reason, target = line.rstrip("\n").split("\t")
        squeeze = lambda s: s.replace(" ", "")
        match = [r for r in got if (str(r[0]), r[1], squeeze(r[2]), r[3], r[4]) == (flags, remote, squeeze(spelled), number, reason)
                 and any(fnmatch.fnmatchcase(t, p) for t in r[5] for p in target.split("|"))]
        if match:
            got.remove(match[0])
        else:
            wrong.append("missing: " + line.rstrip("\n").replace("\t", " ; "))
    wrong += ["unexpected: " + " ; ".join(map(str, r)) for r in got]
    require(not wrong, " / ".join(wrong))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Malformed, KeyError, ValueError, IndexError, struct.error) as problem:
        print(f"{sys.argv[1]}: {type(problem).__name__}: {problem}", file=sys.stderr)
        sys.exit(1)
