"""What the identity run asks of a COFF object, read by the book (PE format specification) and without linkname's code."""

import struct

MACHINES = {0x8664, 0x14C, 0xAA64, 0x1C4}
EXTERNAL, STATIC, WEAK_EXTERNAL = 2, 3, 105


def is_object(data):
    """Whether this is an object with a symbol table: no import object, no intermediate code."""
    if data[:4] == b"\0\0\xff\xff":
        return data[12:28] == bytes.fromhex("c7a1bad1eebaa94baf20faf66aa4dcb8")
    return len(data) >= 20 and struct.unpack_from("<H", data)[0] in MACHINES


class Coff:

    def __init__(self, data):
        self.data = data
        self.big = data[:4] == b"\0\0\xff\xff"
        if self.big:
            number, symbols, self.count = struct.unpack_from("<III", data, 44)
            table, self.size = 56, 20
        else:
            number, _, symbols, self.count, optional = struct.unpack_from("<HIIIH", data, 2)
            table, self.size = 20 + optional, 18
        self.sections = [struct.unpack_from("<8sIIIIIIHHI", data, table + 40 * i) for i in range(number)]
        self.entries = [data[symbols + self.size * i:symbols + self.size * (i + 1)] for i in range(self.count)]
        at = symbols + self.size * self.count
        self.strings = data[at:at + struct.unpack_from("<I", data, at)[0]] if symbols and at < len(data) else b""

    def contents(self, section):
        _, _, _, size, raw, _, _, _, _, flags = self.sections[section]
        return b"" if flags & 0x80 or not raw else self.data[raw:raw + size]

    def relocations(self, section):
        _, _, _, _, _, at, _, count, _, flags = self.sections[section]
        if count == 0xFFFF and flags & 0x01000000:
            count = struct.unpack_from("<I", self.data, at)[0]
        return [self.data[at + 10 * i:at + 10 * i + 10] for i in range(count)]

    def symbols(self):
        """(index, name, value, section number, type, class, auxiliary records) of every symbol."""
        found, i = [], 0
        while i < self.count:
            name, value, section, kind, storage, auxiliary = struct.unpack("<8sIiHBB" if self.big else "<8sIhHBB",
                                                                           self.entries[i])
            if name[:4] == b"\0\0\0\0":
                at = struct.unpack_from("<I", name, 4)[0]
                name = self.strings[at:self.strings.index(b"\0", at)] if at else b""
            else:
                name = name.rstrip(b"\0")
            found.append((i, name, value, section, kind, storage, b"".join(self.entries[i + 1:i + 1 + auxiliary])))
            i += 1 + auxiliary
        return found


def editable(coff):
    """A global definition, not COMDAT, whose name means that symbol alone."""
    symbols = coff.symbols()
    names = {}
    for symbol in symbols:
        names[symbol[1]] = names.get(symbol[1], 0) + 1
    for index, name, _, section, _, storage, _ in symbols:
        if (storage == EXTERNAL and section > 0 and not coff.sections[section - 1][9] & 0x1000 and names[name] == 1 and
                name.isascii() and not set(name) & set(b"*?[:@#( ")):
            return index, name
    return None


def difference(before, after, index, name, weaken):
    """What is not as it should be after the edit, in words; None when all is."""
    if len(before.sections) != len(after.sections):
        return "another number of sections"
    if not after.strings[4:].startswith(before.strings[4:]):
        return "old strings have changed"
    old_symbols, new_symbols = before.symbols(), after.symbols()
    if weaken:
        at = before.count
        expected = [(s[0], n[1], *s[2:]) if s[0] == index else s for s, n in zip(old_symbols, new_symbols)]
        like = next(s for s in old_symbols if s[0] == index)
        record = struct.pack("<II10x", index, 3) + b"\0" * (before.size - 18)
        expected.append((at, name, 0, 0, like[4], WEAK_EXTERNAL, record))
        default = next(s for s in new_symbols if s[0] == index)[1]
        if not default.startswith(b".weak." + name + b".default."):
            return "another name of the default than expected"
    else:
        at = index
        # The pointer in the import table is a companion of the name, and gets a second one too.
        like = [s for s in old_symbols if s[0] == index or (s[1] == b"__imp_" + name and s[3] > 0)]
        expected = old_symbols + [(before.count + i, s[1].replace(name, b"linkname_identity"), *s[2:6], b"")
                                  for i, s in enumerate(like)]
    if new_symbols != expected:
        return "other symbols than expected"
    for i, (old, new) in enumerate(zip(before.sections, after.sections)):
        group = old[0].rstrip(b"\0").split(b"$")[0]
        describes = group in (b".pdata", b".xdata") or section_name(before, i).startswith((b".debug", b".eh_frame"))
        expected_relocations = [
            r[:4] + struct.pack("<I", at) + r[8:]
            if not describes and struct.unpack_from("<I", r, 4)[0] == index else r for r in before.relocations(i)
        ]
        if old[0] != new[0] or old[9] != new[9] or before.contents(i) != after.contents(i):
            return f"section {i + 1} has changed"
        if after.relocations(i) != expected_relocations:
            return f"section {i + 1}: other relocations"
    return None


def section_name(coff, section):
    name = coff.sections[section][0].rstrip(b"\0")
    if name[:1] == b"/" and name[1:].isdigit():
        at = int(name[1:])
        return coff.strings[at:coff.strings.index(b"\0", at)]
    return name
