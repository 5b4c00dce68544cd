"""same-macho.py BEFORE AFTER: everything in a Mach-O object that an edit has no business with is what it was.

What may differ: the symbol table grows and its entries change places; LC_DYSYMTAB's groups fit it; whatever named a
symbol by index names the same one; the strings grow at their end. A reader of its own, which shares nothing with the
tool that it judges."""
import struct
import sys

LC_SEGMENT, LC_SYMTAB, LC_DYSYMTAB, LC_SEGMENT_64 = 0x1, 0x2, 0xB, 0x19
LINKEDIT_DATA = {0x1E: "split info", 0x26: "function starts", 0x29: "data in code", 0x2B: "signing", 0x2E: "hints"}
LC_NOTE = 0x31
N_STAB, N_PEXT, N_TYPE, N_EXT = 0xE0, 0x10, 0x0E, 0x01
ZERO_FILLED = (0x1, 0xC, 0x12)
X86_64, ARM64, ARM64_32 = 0x01000007, 0x0100000C, 0x0200000C


class Macho:
    def __init__(self, path):
        self.data = data = open(path, "rb").read()
        magic, = struct.unpack_from("<I", data)
        self.order = "<" if magic in (0xFEEDFACE, 0xFEEDFACF) else ">"
        self.wide = self.read("I", 0)[0] == 0xFEEDFACF
        _, self.cpu, _, _, ncmds, size, self.flags = self.read("7I", 0)
        self.sections, self.data_ranges, self.symbols, self.indirect = [], {}, [], []
        self.symtab = self.dysymtab = None
        self.masked = bytearray(data[: (32 if self.wide else 28) + size])  # load commands without what may differ
        at = 32 if self.wide else 28
        for _ in range(ncmds):
            cmd, length = self.read("2I", at)
            if cmd in (LC_SEGMENT, LC_SEGMENT_64):
                self.segment(at)
            elif cmd == LC_SYMTAB:
                self.symtab = self.read("4I", at + 8)
                self.mask(at + 8, 16)
            elif cmd == LC_DYSYMTAB:
                self.dysymtab = self.read("18I", at + 8)
                self.mask(at + 8, 72)
            elif cmd in LINKEDIT_DATA:
                offset, count = self.read("2I", at + 8)
                self.data_ranges[LINKEDIT_DATA[cmd]] = data[offset : offset + count]
                self.mask(at + 8, 4)
            elif cmd == LC_NOTE:
                offset, count = self.read("2Q", at + 24)
                self.data_ranges["note"] = data[offset : offset + count]
                self.mask(at + 24, 8)
            at += length
        if self.symtab:
            symoff, nsyms, stroff, strsize = self.symtab
            self.strings = data[stroff : stroff + strsize]
            entry = "IBBHQ" if self.wide else "IBBHI"
            self.symbols = [self.read(entry, symoff + i * struct.calcsize("<" + entry)) for i in range(nsyms)]
        if self.dysymtab and self.dysymtab[13]:
            self.indirect = self.read(f"{self.dysymtab[13]}I", self.dysymtab[12])

    def read(self, form, at):
        return struct.unpack_from(self.order + form, self.data, at)

    def mask(self, at, size):
        self.masked[at : at + size] = bytes(size)

    def segment(self, at):
        head, entry = (72, 80) if self.wide else (56, 68)
        self.mask(at + (40 if self.wide else 32), 8 if self.wide else 4)  # fileoff
        count, = self.read("I", at + head - 8)
        for i in range(count):
            place = at + head + i * entry
            names = self.data[place : place + 32]
            form = "2Q7I" if self.wide else "9I"
            addr, size, offset, align, reloff, nreloc, flags, _, _ = self.read(form, place + 32)
            self.mask(place + (48 if self.wide else 40), 4)
            self.mask(place + (56 if self.wide else 48), 4)
            virtual = (flags & 0xFF) in ZERO_FILLED
            contents = b"" if virtual else self.data[offset : offset + size]
            assert virtual or len(contents) == size, "a section reaches past the end"
            relocations = self.read(f"{2 * nreloc}I", reloff)
            self.sections.append((names.rstrip(b"\0"), contents, list(zip(relocations[::2], relocations[1::2])), offset,
                                  align, reloff))

    def name(self, index):
        start = self.symbols[index][0]
        return self.strings[start : self.strings.index(b"\0", start)] if start else b""

    def reference(self, address, word):
        """(symbol, everything else); the symbol is None where the relocation names none."""
        scatters = self.cpu not in (X86_64, ARM64, ARM64_32)
        if scatters and address >> 31:
            return None, word
        if self.order == "<":
            number, external, kind, rest = word & 0xFFFFFF, word >> 27 & 1, word >> 28, word >> 24
        else:
            number, external, kind, rest = word >> 8, word >> 4 & 1, word & 15, word & 0xFF
        addend = kind == 10 and self.cpu in (ARM64, ARM64_32)
        pair = kind == 1 and scatters
        return (number, rest) if external and not addend and not pair else (None, word)


before, after = Macho(sys.argv[1]), Macho(sys.argv[2])
names = {after.name(i) for i in range(len(after.symbols)) if not after.symbols[i][1] & N_STAB}
moved = {}


def same_symbol(old, new, where):
    """The two indices stand for the same symbol, always the same two, under the old name where that is still there."""
    assert moved.setdefault(old, new) == new, f"{where}: symbol {old} is now {moved[old]} and {new}"
    a, b = before.symbols[old], after.symbols[new]
    assert (a[1] & N_TYPE, a[2], a[4]) == (b[1] & N_TYPE, b[2], b[4]), f"{where}: another symbol"
    name = before.name(old)
    assert after.name(new) == name or name not in names or b[1] & N_TYPE, f"{where}: {name} is now {after.name(new)}"


assert before.masked == after.masked, "the load commands differ"
assert len(before.sections) == len(after.sections)
for old, new in zip(before.sections, after.sections):
    where = old[0].decode("latin-1")
    profile = b"__cg_profile" in old[0]
    assert old[1] == new[1] or (profile and len(old[1]) == len(new[1])), f"{where}: other contents"
    if profile:
        for at in range(0, len(old[1]), 16):
            for field in (at, at + 4):
                same_symbol(*(struct.unpack_from(m.order + "I", s[1], field)[0] for m, s in ((before, old), (after, new))),
                            where)
    assert old[3] % (1 << old[4]) or new[3] % (1 << old[4]) == 0, f"{where}: not aligned any more"
    assert old[5] % 4 or new[5] % 4 == 0, f"{where}: relocations not aligned any more"
    assert len(old[2]) == len(new[2])
    for (old_address, old_word), (new_address, new_word) in zip(old[2], new[2]):
        a, b = before.reference(old_address, old_word), after.reference(new_address, new_word)
        assert old_address == new_address and a[1] == b[1] and (a[0] is None) == (b[0] is None), f"{where}: relocation"
        if a[0] is not None:
            same_symbol(a[0], b[0], where)
assert before.data_ranges == after.data_ranges, "what a load command leads to differs"
assert len(before.indirect) == len(after.indirect)
for a, b in zip(before.indirect, after.indirect):
    if a & 0xC0000000:
        assert a == b, "a marker in the indirect symbol table"
    else:
        same_symbol(a, b, "indirect symbol table")
if before.symtab:
    assert after.strings.startswith(before.strings), "the old strings"
    word = 8 if after.wide else 4
    assert before.symtab[0] % word or after.symtab[0] % word == 0, "the symbol table is not aligned any more"
    assert before.symtab[2] + before.symtab[3] < len(before.data) or \
        after.symtab[2] + after.symtab[3] == len(after.data), "the strings do not reach to the end any more"
if before.dysymtab:
    ilocal, nlocal, iext, next_, iundef, nundef = after.dysymtab[:6]
    assert nlocal + next_ + nundef == len(after.symbols), "LC_DYSYMTAB's counts"
    assert (nlocal == 0 or ilocal == 0) and (next_ == 0 or iext == nlocal) and \
        (nundef == 0 or iundef == nlocal + next_), "LC_DYSYMTAB's places"
    assert before.dysymtab[6:12] == after.dysymtab[6:12] and before.dysymtab[13] == after.dysymtab[13], "LC_DYSYMTAB"
    for i, (_, kind, section, _, value) in enumerate(after.symbols):
        external = not kind & N_STAB and kind & N_EXT
        undefined = kind & N_TYPE == 0
        assert bool(external) == (i >= nlocal), f"symbol {i}: among the wrong ones"
        assert i < nlocal or undefined == (i >= nlocal + next_), f"symbol {i}: among the wrong ones"
else:
    assert after.dysymtab is None
