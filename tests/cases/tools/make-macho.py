"""make-macho.py OUT [options]: a small Mach-O object with everything that holds a file offset or a symbol index, in
shapes that no compiler at hand writes: other processors and byte orders, tables in another order, unknown commands."""
import argparse
import struct

parser = argparse.ArgumentParser()
parser.add_argument("out")
parser.add_argument("--kind", default="x86_64", choices=["x86_64", "i386", "ppc", "ppc64", "big64", "unknown"])
parser.add_argument("--order", default="rest,symbols,strings", help="of the three parts of the file")
parser.add_argument("--no-dysymtab", action="store_true")
parser.add_argument("--command", type=lambda text: int(text, 0), help="an extra load command")
parser.add_argument("--externals", type=int, default=0, help="this many more defined symbols")
parser.add_argument("--undefined", type=int, default=0, help="this many more undefined symbols")
parser.add_argument("--relocations", type=int, default=0, help="this many more, against the undefined symbols in turn")
parser.add_argument("--wrong-groups", action="store_true", help="LC_DYSYMTAB counts a local too many")
parser.add_argument("--extra-table", action="store_true", help="LC_DYSYMTAB has a table of contents")
parser.add_argument("--open-string", action="store_true", help="the string table does not end with a NUL byte")
parser.add_argument("--literals", action="store_true", help="_data is in a section of literals")
options = parser.parse_args()

cpu = {"x86_64": 0x01000007, "i386": 7, "ppc": 18, "ppc64": 0x01000012, "big64": 0x0100000C, "unknown": 99}[options.kind]
wide = options.kind in ("x86_64", "ppc64", "big64")
order = ">" if options.kind in ("ppc", "ppc64", "big64") else "<"
scatters = options.kind in ("i386", "ppc", "ppc64", "unknown")
word = "Q" if wide else "I"


def pack(form, *values):
    return struct.pack(order + form, *values)


def relocation(address, number, length, kind, external=0, relative=0):
    if order == "<":
        return pack("2I", address, number | relative << 24 | length << 25 | external << 27 | kind << 28)
    return pack("2I", address, number << 8 | relative << 7 | length << 5 | external << 4 | kind)


# name, n_type, n_sect, n_desc, n_value: locals, defined externals, undefined symbols
entries = [
    ("main.c", 0x64, 0, 0, 0),  # N_SO
    ("_static", 0x0E, 1, 0, 4),
    ("Label", 0x0E, 1, 0, 12),
]
local = len(entries)
entries += [
    ("_foo", 0x0F, 1, 0, 0),
    ("_inner", 0x0F, 1, 0x0220, 8),  # N_ALT_ENTRY | N_NO_DEAD_STRIP
    ("_data", 0x0F, 2, 0, 16),
    ("_absolute", 0x03, 0, 0, 42),
]
entries += [(f"_e{i}", 0x0F, 1, 0, i % 16) for i in range(options.externals)]
defined = len(entries) - local
entries += [("_callee", 0x01, 0, 0, 0), ("_other", 0x01, 0, 0, 0), ("_common", 0x01, 0, 0x0200, 8)]
first = len(entries)
entries += [(f"_u{i}", 0x01, 0, 0, 0) for i in range(options.undefined)]
number = {entry[0]: i for i, entry in enumerate(entries)}

strings = bytearray(b" \0")
symbols = bytearray()
for name, *fields in entries:
    symbols += pack("IBBH" + word, len(strings), *fields)
    strings += name.encode() + b"\0"
strings += bytes(-len(strings) % (8 if wide else 4)) if not options.open_string else b"x"

absolute = 3 if wide else 2
text = relocation(4, number["_callee"], 2, 0, external=1)
if scatters:
    text += pack("2I", 0x80000008 | 2 << 28, 12)  # holds the number of no symbol, whatever its bits look like
    text += relocation(0xFFFFFF, number["_callee"], 2, 1, external=1)  # a pair
else:
    text += relocation(8, number["_callee"], 2, 10 if options.kind == "big64" else 0, external=options.kind != "big64")
data = relocation(0, number["_static"], absolute, 0, external=1) + relocation(8, 1, absolute, 0)
data += b"".join(relocation(0, first + i % options.undefined, absolute, 0, external=1) for i in range(options.relocations))
profile = pack("2IQ", number["_foo"], number["_callee"], 7) + pack("2IQ", number["_callee"], number["_other"], 8)
indirect = pack("4I", number["_callee"], 0x80000000, 0x40000000, number["_other"])
toc = pack("2I", number["_foo"], 0) if options.extra_table else b""

sections = [
    (b"__text", b"__TEXT", 0, bytes(range(16)), 4, text, 0x80000400),
    (b"__data", b"__DATA", 16, bytes(16), 3, data, 0x3 if options.literals else 0),
    (b"__cg_profile", b"__LLVM", 32, profile, 0, b"", 0),
    (b"__bss", b"__DATA", 64, 8, 3, b"", 1),
]
segment_size = (72 if wide else 56) + (80 if wide else 68) * len(sections)
commands = segment_size + 24 + 16 + 40 + (0 if options.no_dysymtab else 80) + (16 if options.command else 0)
count = 4 + (not options.no_dysymtab) + bool(options.command)

at = (32 if wide else 28) + commands
contents = bytearray()
places = {}


def place(name, piece, alignment=8):
    global contents
    contents += bytes(-(at + len(contents)) % alignment)
    places[name] = at + len(contents)
    contents += piece


for part in options.order.split(","):
    if part == "symbols":
        place("symbols", symbols)
    elif part == "strings":
        place("strings", strings, 1)
    else:
        for i, section in enumerate(sections):
            if section[6] != 1:
                place(i, section[3], 1 << section[4])
        for i, section in enumerate(sections):
            place(("relocations", i), section[5], 4)
        place("in code", pack("I2H", 0, 4, 1), 4)
        place("note", b"a note..", 8)
        place("indirect", indirect, 4)
        place("toc", toc, 4)

with open(options.out, "wb") as file:
    file.write(pack("7I", 0xFEEDFACF if wide else 0xFEEDFACE, cpu, 0, 1, count, commands, 0x2000) + bytes(4 if wide else 0))
    file.write(pack("2I16s4" + word + "4I", 0x19 if wide else 1, segment_size, b"", 0, 72, places[0], 64, 7, 7,
                    len(sections), 0))
    for i, (name, segment, address, body, align, relocations, flags) in enumerate(sections):
        size = body if flags == 1 else len(body)
        file.write(pack("16s16s2" + word + "7I", name, segment, address, size, 0 if flags == 1 else places[i], align,
                        places["relocations", i] if relocations else 0, len(relocations) // 8, flags, 0, 0))
        file.write(bytes(4 if wide else 0))
    if options.command:
        file.write(pack("4I", options.command, 16, 0, 0))
    file.write(pack("6I", 2, 24, places["symbols"], len(entries), places["strings"], len(strings)))
    if not options.no_dysymtab:
        local += options.wrong_groups
        defined -= options.wrong_groups
        file.write(pack("20I", 0xB, 80, 0, local, local, defined, local + defined, len(entries) - local - defined,
                        places["toc"] if toc else 0, len(toc) // 8, 0, 0, 0, 0, places["indirect"], 4, 0, 0, 0, 0))
    file.write(pack("4I", 0x29, 16, places["in code"], 8))
    file.write(pack("2I16s2Q", 0x31, 40, b"tests", places["note"], 8))
    file.write(contents)
