"""Linked PE images, read by the book (Microsoft's PE format specification) and without linkname's code.

    pe_image.py BEFORE AFTER [CHANGED...]   fails unless nothing of BEFORE is lost or has moved in AFTER but what is named:
                                            names of exports and imports that the edit is about,
                                            or how they begin, as in `more*`
"""

import struct
import sys

EXPORTS, IMPORTS, CERTIFICATES, DEBUG, DELAYED = 0, 1, 4, 6, 13


class Image:

    def __init__(self, data):
        self.data = data
        pe = struct.unpack_from("<I", data, 0x3C)[0]
        assert data[:2] == b"MZ" and data[pe:pe + 4] == b"PE\0\0", "no image"
        (self.machine, number, _, self.symbols_at, self.symbol_count, size,
         self.flags) = struct.unpack_from("<HHIIIHH", data, pe + 4)
        self.optional = pe + 24
        self.wide = self.at("<H", self.optional)[0] == 0x20B
        self.base = self.at("<Q", self.optional + 24)[0] if self.wide else self.at("<I", self.optional + 28)[0]
        self.section_alignment, self.file_alignment = self.at("<II", self.optional + 32)
        self.size_of_image, self.size_of_headers, self.checksum = self.at("<III", self.optional + 56)
        first = self.optional + (112 if self.wide else 96)
        count = self.at("<I", first - 4)[0]
        self.directories = [self.at("<II", first + 8 * i) for i in range(count)] + [(0, 0)] * (16 - count)
        self.table = self.optional + size
        self.sections = [self.at("<8sIIIIIIHHI", self.table + 40 * i) for i in range(number)]
        self.names, self.slots, self.ordinal_base = self.exports()
        self.imports = self.direct_imports() + self.delayed_imports()

    def at(self, form, offset):
        return struct.unpack_from(form, self.data, offset)

    def offset(self, rva):
        for _, size, begin, raw_size, raw, *_ in self.sections:
            if begin <= rva < begin + max(size, raw_size):
                assert rva - begin < raw_size, f"{rva:#x} is not in the file"
                return raw + rva - begin
        assert rva < self.size_of_headers, f"{rva:#x} is nowhere"
        return rva

    def string(self, rva):
        start = self.offset(rva)
        return self.data[start:self.data.index(b"\0", start)]

    def exports(self):
        """Names with their slots, and what each slot is: an address, or a forwarder's bytes."""
        rva, size = self.directories[EXPORTS]
        if not rva:
            return [], [], 0
        _, _, _, _, _, base, slots, names, slots_at, names_at, ordinals_at = self.at("<IIHHIIIIIII", self.offset(rva))
        addresses = self.at(f"<{slots}I", self.offset(slots_at)) if slots else ()
        slots = [self.string(one) if rva <= one < rva + size else one for one in addresses]
        if not names:
            return [], slots, base
        pointers = self.at(f"<{names}I", self.offset(names_at))
        ordinals = self.at(f"<{names}H", self.offset(ordinals_at))
        return [(self.string(one), slot) for one, slot in zip(pointers, ordinals)], slots, base

    def thunks(self, rva, lift=0):
        form, size, flag = ("<Q", 8, 1 << 63) if self.wide else ("<I", 4, 1 << 31)
        found = []
        while True:
            word = self.at(form, self.offset(rva))[0]
            if not word:
                return found
            found.append(word & 0xFFFF if word & flag else self.string(word - lift + 2))
            rva += size

    def direct_imports(self):
        rva, found = self.directories[IMPORTS][0], []
        while rva:
            lookup, stamp, _, name, table = self.at("<IIIII", self.offset(rva))
            if not name or not table:
                break
            names = self.thunks(lookup or table)
            # Where it is not bound, the loader's own table says the same.
            assert stamp or self.thunks(table) == names, "the two tables of imports differ"
            found.append((self.string(name), names))
            rva += 20
        return found

    def delayed_imports(self):
        rva, found = self.directories[DELAYED][0], []
        while rva:
            attributes, name, _, _, names, *_ = self.at("<IIIIIIII", self.offset(rva))
            if not name:
                break
            lift = 0 if attributes & 1 else self.base
            found.append((self.string(name - lift), self.thunks(names - lift, lift)))
            rva += 32
        return found

    def computed_checksum(self):
        data = bytearray(self.data)
        struct.pack_into("<I", data, self.optional + 64, 0)
        data += b"\0" * (len(data) % 2)
        total = sum(struct.unpack(f"<{len(data) // 2}H", data))
        while total > 0xFFFF:
            total = (total & 0xFFFF) + (total >> 16)
        return total + len(self.data)

    def symbols(self):
        """The table for debuggers with its strings, as bytes."""
        if not self.symbols_at:
            return b""
        end = self.symbols_at + 18 * self.symbol_count
        return self.data[self.symbols_at:end + (self.at("<I", end)[0] if end + 4 <= len(self.data) else 0)]

    def debug_data(self):
        rva, size = self.directories[DEBUG]
        entries = [self.at("<IIHHIIII", self.offset(rva + i)) for i in range(0, size - 27, 28)] if rva else []
        return [(kind, self.data[raw:raw + length]) for _, _, _, _, kind, length, _, raw in entries]

    def disorder(self):
        """What a loader could take offence at, in words."""
        names = [name for name, _ in self.names]
        if names != sorted(names):
            yield "the names are not in order"
        if any(slot >= len(self.slots) for _, slot in self.names):
            yield "a name has an ordinal that is not there"
        if self.ordinal_base + len(self.slots) > 65536:
            yield "too many ordinals"
        for slot in self.slots:
            if isinstance(slot, int) and slot:
                try:
                    self.section_of(slot)
                except StopIteration:
                    yield f"slot {slot:#x} is in no section"
        end = 0
        for _, size, begin, raw_size, raw, *_ in self.sections:
            if begin < end or begin % self.section_alignment:
                yield "sections overlap in memory"
            end = begin + (size or raw_size)
            if raw and raw % min(self.file_alignment, 512):
                yield "a section's bytes are not aligned"
        ranges = sorted((raw, raw + size) for _, _, _, size, raw, *_ in self.sections if raw and size)
        if any(a[1] > b[0] for a, b in zip(ranges, ranges[1:])) or any(b > len(self.data) for _, b in ranges):
            yield "sections overlap in the file"
        if self.size_of_image != -(-end // self.section_alignment) * self.section_alignment:
            yield "SizeOfImage is wrong"
        if self.table + 40 * len(self.sections) > self.size_of_headers:
            yield "the section table is longer than the headers"
        if self.checksum and self.checksum != self.computed_checksum():
            yield "the checksum is wrong"

    def section_of(self, rva):
        return next(i for i, s in enumerate(self.sections) if s[2] <= rva < s[2] + max(s[1], s[3]))


class Names(set):
    """Names, and beginnings of names."""

    def __init__(self, words):
        words = [word.encode() if isinstance(word, str) else word for word in words]
        super().__init__(words)
        self.begins = tuple(word[:-1] for word in words if word[-1:] == b"*")

    def __contains__(self, name):
        return super().__contains__(name) or (isinstance(name, bytes) and name.startswith(self.begins))


def difference(before, after, changed=()):
    """What was lost, moved or spoiled, in words; None where nothing was."""
    worse = set(after.disorder()) - set(before.disorder())
    if worse:
        return "; ".join(sorted(worse))
    changed = Names(changed)
    if after.slots[:len(before.slots)] != before.slots:
        return "an ordinal has another meaning"
    if before.slots and before.ordinal_base != after.ordinal_base:
        return "the ordinals begin elsewhere"
    lost = [name for name in before.names if name not in after.names and name[0] not in changed]
    if lost:
        return f"exports are gone: {lost[:5]}"
    new = [name for name, slot in after.names if (name, slot) not in before.names and name not in changed]
    if new:
        return f"exports that nobody asked for: {new[:5]}"
    libraries = [(library, [None if name in changed else name for name in names]) for library, names in before.imports]
    if libraries != [(library, [None if name in changed else name for name in names])
                     for library, names in after.imports]:
        return "other imports"
    if before.symbols() != after.symbols():
        return "other symbols for debuggers"
    if before.debug_data() != after.debug_data():
        return "other debug data"
    touched = {place for place in (before.directories[EXPORTS][0],) if place}
    for number, (old, new) in enumerate(zip(before.sections, after.sections)):
        if old[2] != new[2] or old[3] != new[3] or old[9] != new[9] or (
                old[0] != new[0] and old[0].rstrip(b"\0") != b".edata"):
            return f"section {number + 1} has another header"
        size = min(old[1] or old[3], old[3]) if old[4] else 0
        was, now = before.data[old[4]:old[4] + size], after.data[new[4]:new[4] + size]
        if was == now or any(old[2] <= rva < old[2] + old[3] for rva in touched):
            continue
        if sum(a != b for a, b in zip(was, now)) > 16 * len(changed) + 8 * len(before.imports) + 28 * 8:
            return f"section {number + 1} has other contents"
    return None


def main():
    with open(sys.argv[1], "rb") as old, open(sys.argv[2], "rb") as new:
        return difference(Image(old.read()), Image(new.read()), sys.argv[3:])


if __name__ == "__main__":
    sys.exit(main())
