"""same-coff.py BEFORE AFTER: what an edit of a COFF object has no business with is what it was.

Symbols keep their index; the old strings open the new ones; a section keeps its characteristics, its contents (all but
.drectve and lists of symbol indices), and its relocations, which may name other symbols."""
import struct
import sys


class Coff:
    def __init__(self, path):
        data = self.data = open(path, "rb").read()
        big = data[:4] == b"\0\0\xff\xff"
        if big:
            number, symbols, count = struct.unpack_from("<III", data, 44)
            table, self.entry = 56, 20
        else:
            number, _, symbols, count, optional = struct.unpack_from("<HIIIH", data, 2)
            table, self.entry = 20 + optional, 18
        self.symbols = [data[at:at + self.entry] for at in range(symbols, symbols + self.entry * count, self.entry)]
        at = symbols + self.entry * count
        length = struct.unpack_from("<I", data, at)[0] if at < len(data) else 0
        self.strings = data[at:at + length]
        self.sections = []
        for i in range(number):
            name, _, _, size, raw, relocations, _, count, _, flags = struct.unpack_from("<8sIIIIIIHHI", data, table + 40 * i)
            if count == 0xFFFF and flags & 0x01000000:
                count = struct.unpack_from("<I", data, relocations)[0]
            self.sections.append((
                self.name(name), flags, b"" if flags & 0x80 or not raw else data[raw:raw + size],
                [data[at:at + 10] for at in range(relocations, relocations + 10 * count, 10)], raw))

    def name(self, field):
        name = field.rstrip(b"\0")
        if name[:1] == b"/" and name[1:].isdigit():
            at = int(name[1:])
            return self.strings[at:self.strings.index(b"\0", at)]
        return name


before, after = Coff(sys.argv[1]), Coff(sys.argv[2])
assert before.entry == after.entry and len(before.sections) == len(after.sections), "another kind of file"
assert len(after.symbols) >= len(before.symbols), "symbols are gone"
assert after.strings[4:].startswith(before.strings[4:]), "old strings have changed"
indices = (b".llvm_addrsig", b".gfids", b".giats", b".gljmp", b".gehcont", b".sxdata", b".llvm.call-graph-profile")
for i, (old, new) in enumerate(zip(before.sections, after.sections), 1):
    assert old[0] == new[0] or old[1] & 0x1000, f"section {i}: another name"
    assert old[1] == new[1] or (old[0] == b".linkname" and new[1] == old[1] | 0x800), f"section {i}: other characteristics"
    assert old[2] == new[2] or old[0] == b".drectve" or old[0].startswith(indices), f"section {i}: other contents"
    assert len(old[3]) == len(new[3]), f"section {i}: another number of relocations"
    assert all(a[:4] + a[8:] == b[:4] + b[8:] for a, b in zip(old[3], new[3])), f"section {i}: other relocations"
    assert not old[4] or old[4] % 4 or not new[4] % 4, f"section {i}: not aligned any more"
