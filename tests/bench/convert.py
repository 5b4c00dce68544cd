"""A large ELF object's code, data, names and relocations as a Mach-O object and as a COFF object.

There is no partial link for Mach-O, and none worth measuring for COFF. What a benchmark of symbol editing needs is a file of
real proportions: as much code, as many symbols with names as long, as many relocations. Types of relocations are made up, so
the results are for dumpers and objcopies, and are never linked.
"""

import collections
import struct

SHT_PROGBITS, SHT_SYMTAB, SHT_RELA, SHT_NOBITS, SHT_SYMTAB_SHNDX = 1, 2, 4, 8, 18
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR = 1, 2, 4
STB_LOCAL, STB_WEAK = 0, 2
STT_SECTION, STT_FILE = 3, 4
SHN_UNDEF, SHN_LORESERVE, SHN_XINDEX = 0, 0xFF00, 0xFFFF

Section = collections.namedtuple("Section", "name type flags addr offset size link info align entsize")
Symbol = collections.namedtuple("Symbol", "name kind place value")  # kind: local, weak, global, undefined
Relocation = collections.namedtuple("Relocation", "offset symbol place")  # by symbol number, or by place where None

PLACES = ("code", "data", "constants")


class Code:
    """What is taken from the ELF object: three runs of bytes, symbols in the order local, defined, undefined."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.elf = file.read()
        if self.elf[:6] != b"\x7fELF\x02\x01":
            raise ValueError(f"{path}: not a little-endian ELF64 object")
        self.bytes = {place: bytearray() for place in PLACES}
        self.relocations = {place: [] for place in PLACES}
        self.sections = self._read_sections()
        self.home = self._place_sections()
        self.symbols, self.number = self._read_symbols()
        self._read_relocations()

    def _contents(self, section):
        return self.elf[section.offset:section.offset + section.size]

    def _read_sections(self):
        table, = struct.unpack_from("<Q", self.elf, 0x28)
        count, = struct.unpack_from("<H", self.elf, 0x3C)
        if count == 0:
            count, = struct.unpack_from("<Q", self.elf, table + 0x20)
        return [Section(*struct.unpack_from("<IIQQQQIIQQ", self.elf, table + 64 * i)) for i in range(count)]

    def _place_sections(self):
        """Section index -> (place, offset there)."""
        home = {}
        for i, section in enumerate(self.sections):
            if section.type != SHT_PROGBITS or not section.flags & SHF_ALLOC:
                continue
            place = "code" if section.flags & SHF_EXECINSTR else "data" if section.flags & SHF_WRITE else "constants"
            run = self.bytes[place]
            run.extend(bytes(-len(run) % 16))
            home[i] = (place, len(run))
            run.extend(self._contents(section))
        return home

    def _read_symbols(self):
        index = next(i for i, section in enumerate(self.sections) if section.type == SHT_SYMTAB)
        strings = self._contents(self.sections[self.sections[index].link])
        extended = next((self._contents(s) for s in self.sections if s.type == SHT_SYMTAB_SHNDX), b"")
        groups = {"local": [], "defined": [], "undefined": []}
        self.section_of_symbol = {}
        for i, (name, info, _, shndx, value, _) in enumerate(
                struct.iter_unpack("<IBBHQQ", self._contents(self.sections[index]))):
            if shndx == SHN_XINDEX:
                shndx, = struct.unpack_from("<I", extended, 4 * i)
            elif shndx >= SHN_LORESERVE:
                continue
            if info & 15 == STT_SECTION:
                self.section_of_symbol[i] = shndx
            if info & 15 in (STT_SECTION, STT_FILE) or name == 0 or (shndx != SHN_UNDEF and shndx not in self.home):
                continue
            text = strings[name:strings.index(b"\0", name)]
            place, base = self.home.get(shndx, (None, 0))
            kind = {STB_LOCAL: "local", STB_WEAK: "weak"}.get(info >> 4, "global")
            if shndx == SHN_UNDEF:
                kind = "undefined"
            group = "defined" if kind in ("weak", "global") else kind
            groups[group].append((i, Symbol(text, kind, place, base + value)))
        ordered = groups["local"] + groups["defined"] + groups["undefined"]
        return [symbol for _, symbol in ordered], {old: new for new, (old, _) in enumerate(ordered)}

    def _read_relocations(self):
        for section in self.sections:
            if section.type != SHT_RELA or section.info not in self.home:
                continue
            place, base = self.home[section.info]
            for offset, info, _ in struct.iter_unpack("<QQq", self._contents(section)):
                symbol = self.number.get(info >> 32)
                target = self.home.get(self.section_of_symbol.get(info >> 32))
                if symbol is not None:
                    self.relocations[place].append(Relocation(base + offset, symbol, None))
                elif target is not None:
                    self.relocations[place].append(Relocation(base + offset, None, target[0]))


def aligned(output, unit):
    output.extend(bytes(-len(output) % unit))
    return len(output)


def write_macho(code, path):
    """x86_64, MH_OBJECT; every relocation is an X86_64_RELOC_UNSIGNED of four bytes, or of a section."""
    names = {"code": (b"__text", b"__TEXT", 0x80000400), "data": (b"__data", b"__DATA", 0),
             "constants": (b"__const", b"__TEXT", 0)}
    number = {place: i + 1 for i, place in enumerate(PLACES)}
    commands = 72 + 80 * len(PLACES) + 24 + 80
    body = bytearray()
    start = 32 + commands
    address, offset_of, addresses = 0, {}, {}
    for place in PLACES:
        aligned(body, 16)
        offset_of[place] = start + len(body)
        address = len(body)
        addresses[place] = address
        body.extend(code.bytes[place])
    contents = len(body)
    reloc_of = {}
    for place in PLACES:
        aligned(body, 8)
        reloc_of[place] = start + len(body)
        for relocation in code.relocations[place]:
            by_symbol = relocation.symbol is not None
            target = relocation.symbol if by_symbol else number[relocation.place]
            body.extend(struct.pack("<II", relocation.offset, target | 2 << 25 | by_symbol << 27))
    aligned(body, 8)
    symbols_at = start + len(body)
    strings = bytearray(b"\0")
    counts = collections.Counter()
    for symbol in code.symbols:
        external = symbol.kind != "local"
        section = number.get(symbol.place, 0)
        value = symbol.value + addresses.get(symbol.place, 0)
        body.extend(struct.pack("<IBBHQ", len(strings), (0xE if section else 0) | external, section,
                                0x80 if symbol.kind == "weak" else 0, value))
        strings.extend(b"_" + symbol.name + b"\0")
        counts["defined" if symbol.kind in ("weak", "global") else symbol.kind] += 1
    strings_at = start + len(body)
    aligned(strings, 8)
    body.extend(strings)

    output = bytearray(struct.pack("<IIIIIIII", 0xFEEDFACF, 0x01000007, 3, 1, 3, commands, 0x2000, 0))
    output.extend(struct.pack("<II16sQQQQIIII", 0x19, 72 + 80 * len(PLACES), b"", 0, contents, start, contents, 7, 7,
                              len(PLACES), 0))
    for place in PLACES:
        name, segment, flags = names[place]
        output.extend(struct.pack("<16s16sQQIIIIIIII", name, segment, addresses[place], len(code.bytes[place]),
                                  offset_of[place], 4, reloc_of[place], len(code.relocations[place]), flags, 0, 0, 0))
    output.extend(struct.pack("<IIIIII", 2, 24, symbols_at, len(code.symbols), strings_at, len(strings)))
    local, defined, undefined = counts["local"], counts["defined"], counts["undefined"]
    output.extend(struct.pack("<II18I", 0xB, 80, 0, local, local, defined, local + defined, undefined, *[0] * 12))
    with open(path, "wb") as file:
        file.write(output + body)


def write_coff(code, path):
    """x86-64; every relocation is an IMAGE_REL_AMD64_REL32. A weak symbol is written as a global one."""
    names = {"code": (b".text", 0x60500020), "data": (b".data", 0xC0500040), "constants": (b".rdata", 0x40500040)}
    number = {place: i + 1 for i, place in enumerate(PLACES)}
    body = bytearray()
    start = 20 + 40 * len(PLACES)
    headers = bytearray()
    first_symbol = 2 * len(PLACES)  # section symbols with an auxiliary record each
    for place in PLACES:
        data_at = start + aligned(body, 4)
        body.extend(code.bytes[place])
        relocations_at = start + len(body)
        relocations = code.relocations[place]
        many = len(relocations) >= 0xFFFF
        if many:
            body.extend(struct.pack("<IIH", len(relocations) + 1, 0, 0))
        for relocation in relocations:
            by_symbol = relocation.symbol is not None
            symbol = first_symbol + relocation.symbol if by_symbol else 2 * (number[relocation.place] - 1)
            body.extend(struct.pack("<IIH", relocation.offset, symbol, 4))
        name, flags = names[place]
        headers.extend(struct.pack("<8sIIIIIIHHI", name, 0, 0, len(code.bytes[place]), data_at, relocations_at, 0,
                                   0xFFFF if many else len(relocations), 0, flags | many << 24))
    symbols_at = start + len(body)
    for place in PLACES:
        body.extend(struct.pack("<8sIhHBB", names[place][0], 0, number[place], 0, 3, 1))
        body.extend(struct.pack("<IHHIHB3x", len(code.bytes[place]), min(len(code.relocations[place]), 0xFFFF), 0, 0, 0, 0))
    strings = bytearray(4)
    for symbol in code.symbols:
        if len(symbol.name) <= 8:
            name = symbol.name.ljust(8, b"\0")
        else:
            name = struct.pack("<II", 0, len(strings))
            strings.extend(symbol.name + b"\0")
        body.extend(name + struct.pack("<IhHBB", symbol.value, number.get(symbol.place, 0),
                                       0x20 if symbol.place == "code" else 0, 3 if symbol.kind == "local" else 2, 0))
    struct.pack_into("<I", strings, 0, len(strings))
    header = struct.pack("<HHIIIHH", 0x8664, len(PLACES), 0, symbols_at, first_symbol + len(code.symbols), 0, 0)
    with open(path, "wb") as file:
        file.write(header + headers + body + strings)
