"""same-sections.py BEFORE AFTER: every section that an edit has no business with has the bytes and the header it had.

What may differ: .symtab, .strtab and .symtab_shndx grow; sections that hold symbol indices, which are those that link to
the symbol table, keep their size (all but .llvm_addrsig) and may name other indices."""
import struct
import sys


def read(path):
    data = open(path, "rb").read()
    wide = data[4] == 2
    order = "<" if data[5] == 1 else ">"
    if wide:
        shoff, = struct.unpack_from(order + "Q", data, 40)
        entsize, number, names = struct.unpack_from(order + "HHH", data, 58)
    else:
        shoff, = struct.unpack_from(order + "I", data, 32)
        entsize, number, names = struct.unpack_from(order + "HHH", data, 46)
    form = order + ("IIQQQQIIQQ" if wide else "IIIIIIIIII")
    first = struct.unpack_from(form, data, shoff)
    number = number or first[5]
    names = first[6] if names == 0xFFFF else names
    sections = [struct.unpack_from(form, data, shoff + i * entsize) for i in range(number)]
    return data, sections


def contents(data, section):
    return b"" if section[1] in (0, 8) else data[section[4] : section[4] + section[5]]


before, old_sections = read(sys.argv[1])
after, new_sections = read(sys.argv[2])
SYMTAB, SHNDX, ADDRSIG, GROUP = 2, 18, 0x6FFF4C03, 17
tables = [i for i, section in enumerate(old_sections) if section[1] == SYMTAB]
grows = set(tables) | {old_sections[i][6] for i in tables}
grows |= {i for i, section in enumerate(old_sections) if section[1] == SHNDX}
assert len(old_sections) == len(new_sections), "the number of sections differs"
for i, (old, new) in enumerate(zip(old_sections, new_sections)):
    linked = bool(tables) and old[6] in tables and old[1] != 0
    for field, name in ((0, "name"), (1, "type"), (2, "flags"), (3, "addr"), (6, "link"), (8, "addralign"), (9, "entsize")):
        assert old[field] == new[field], f"section {i}: sh_{name} {old[field]} -> {new[field]}"
    assert i == 0 or new[8] < 2 or new[4] % new[8] == 0 or old[4] % old[8], f"section {i}: not aligned any more"
    if i in grows:
        assert new[5] >= old[5], f"section {i} shrinks"
        continue
    assert old[5] == new[5] or old[1] == ADDRSIG, f"section {i}: sh_size {old[5]} -> {new[5]}"
    if not linked:
        assert old[7] == new[7], f"section {i}: sh_info {old[7]} -> {new[7]}"
    if not linked or old[1] == GROUP:
        assert contents(before, old) == contents(after, new), f"section {i}: other contents"
