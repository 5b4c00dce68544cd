#!/usr/bin/env python3
"""macho_images.py BEFORE AFTER: a reader of linked Mach-O images that shares nothing with the tool.

Says what AFTER offers and asks for that BEFORE does not, and the other way round, a line each:

    export + _name 0x1234        import - _name 3        symbol + external _name 0x1234

(without addresses and ordinals with `--names`; with `--signature` instead what its signature says), and fails where AFTER is not as images have to be: page hashes, the order
of tables and their alignment, __LINKEDIT's size, the groups of the symbol table; or where anything changed in front of
__LINKEDIT but for fields of load commands and numbers in __stub_helper. With one file it is held against these rules alone.
"""

import hashlib
import struct
import sys

LC_SYMTAB, LC_DYSYMTAB, LC_SEGMENT_64, LC_CODE_SIGNATURE, LC_SEGMENT = 0x2, 0xB, 0x19, 0x1D, 0x1
LC_DYLD_INFO, LC_TRIE, LC_CHAINS = (0x22, 0x80000022), 0x80000033, 0x80000034
LC_DATA = (0x1D, 0x1E, 0x26, 0x29, 0x2B, 0x2E, 0x36, LC_TRIE, LC_CHAINS)
libraries = (0xC, 0x80000018, 0x8000001F, 0x20, 0x80000023)


class Wrong(Exception):
    pass


def need(condition, what):
    if not condition:
        raise Wrong(what)


def uleb(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at, value, shift = at + 1, value | (byte & 0x7F) << shift, shift + 7
        if byte < 0x80:
            return value, at


def text(data, at):
    end = data.index(b"\0", at)
    return data[at:end].decode("utf-8", "surrogateescape"), end + 1


def slices(data):
    """(architecture, offset, bytes) of each image in the file."""
    magic, count = struct.unpack_from(">II", data)
    if magic not in (0xCAFEBABE, 0xCAFEBABF):
        return [("", 0, data)]
    wide, rows = magic == 0xCAFEBABF, []
    for i in range(count):
        cpu, _, offset, size, align = struct.unpack_from(">IIQQI4x" if wide else ">IIIII", data, 8 + i * (32 if wide else 20))
        need(offset % (1 << align) == 0, "a slice is not aligned")
        rows.append((f"cpu-{cpu:#x}", offset, data[offset:offset + size]))
    return rows


class Image:
    def __init__(self, data):
        self.data = data
        magic, self.cpu, _, self.filetype, count, size = struct.unpack_from("<6I", data)
        need(magic in (0xFEEDFACE, 0xFEEDFACF), "no little-endian Mach-O image")
        self.wide = magic == 0xFEEDFACF
        self.commands_end = (32 if self.wide else 28) + size
        self.segments, self.tables, self.fields, self.libraries, self.sections, self.signed = [], {}, [], 0, [], []
        at = 32 if self.wide else 28
        for _ in range(count):
            kind, length = struct.unpack_from("<II", data, at)
            self.command(kind, at)
            at += length
        self.base = next((vm for _, vm, _, off, fsize in self.segments if off == 0 and fsize), 0)
        self.linkedit = next((s for s in self.segments if s[0] == "__LINKEDIT"), None)
        need(self.linkedit, "no __LINKEDIT")

    def table(self, name, at, entry=1):
        self.fields += [at, at + 4]
        offset, count = struct.unpack_from("<II", self.data, at)
        self.tables[name] = (offset, count * entry)

    def command(self, kind, at):
        data = self.data
        if kind in (LC_SEGMENT, LC_SEGMENT_64):
            name = data[at + 8:at + 24].rstrip(b"\0").decode()
            numbers = struct.unpack_from("<4Q" if self.wide else "<4I", data, at + 24)
            self.segments.append((name, *numbers))
            head, entry = (72, 80) if self.wide else (56, 68)
            for i in range(struct.unpack_from("<I", data, at + head - 8)[0]):
                place = at + head + i * entry
                address, size, offset = struct.unpack_from("<QQI" if self.wide else "<III", data, place + 32)
                self.sections.append((data[place:place + 16].rstrip(b"\0").decode(), address, size, offset))
            if name == "__LINKEDIT":
                word = 8 if self.wide else 4
                self.fields += range(at + 24 + word, at + 24 + 2 * word, 4)
                self.fields += range(at + 24 + 3 * word, at + 24 + 4 * word, 4)
        elif kind == LC_SYMTAB:
            self.table("symbols", at + 8, 16 if self.wide else 12)
            self.table("strings", at + 16)
        elif kind == LC_DYSYMTAB:
            self.groups = struct.unpack_from("<6I", data, at + 8)
            self.fields += range(at + 8, at + 32, 4)
            self.table("indirect", at + 56, 4)
        elif kind in LC_DYLD_INFO:
            for i, name in enumerate(("rebase", "bind", "weak", "lazy", "exports")):
                self.table(name, at + 8 + 8 * i)
        elif kind in LC_DATA:
            name = {LC_TRIE: "exports", LC_CHAINS: "chains", LC_CODE_SIGNATURE: "signature"}.get(kind, f"data-{kind:#x}")
            self.table(name, at + 8)
        elif kind in libraries:
            self.libraries += 1

    def bytes_of(self, name):
        offset, size = self.tables.get(name, (0, 0))
        return self.data[offset:offset + size]

    def exports(self):
        trie, found, seen = self.bytes_of("exports"), {}, set()
        todo = [(0, "")] if trie else []
        while todo:
            at, name = todo.pop()
            need(at not in seen, "the trie comes to a node twice")
            seen.add(at)
            size, at = uleb(trie, at)
            if size:
                flags, place = uleb(trie, at)
                value, place = uleb(trie, place)
                if flags & 8:
                    other, place = text(trie, place)
                    found[name] = f"from {value} {other}".rstrip()
                else:
                    if flags & 0x10:
                        _, place = uleb(trie, place)
                    found[name] = f"{value + (0 if flags & 3 == 2 else self.base):#x}" + (f" flags {flags:#x}" if flags else "")
                need(place == at + size, f"{name}: a payload is not as long as it says")
            at += size
            children, at = trie[at], at + 1
            for _ in range(children):
                part, at = text(trie, at)
                need(part, "an edge without a name")
                child, at = uleb(trie, at)
                todo.append((child, name + part))
        return found

    def imports(self):
        found = set()
        for stream in ("bind", "weak", "lazy"):
            data, at, name, ordinal = self.bytes_of(stream), 0, None, 0
            while at < len(data):
                byte, at = data[at], at + 1
                opcode, low = byte & 0xF0, byte & 0xF
                if opcode == 0 and stream != "lazy":
                    break
                if opcode == 0x10:
                    ordinal = low
                elif opcode == 0x30:
                    ordinal = low - 16 if low else 0
                elif opcode == 0x40:
                    name, at = text(data, at)
                    if stream == "weak":
                        found.add((name, "weak"))
                elif opcode in (0x20, 0x60, 0x70, 0x80, 0xA0):
                    value, at = uleb(data, at)
                    ordinal = value if opcode == 0x20 else ordinal
                elif opcode == 0xC0:
                    _, at = uleb(data, at)
                    _, at = uleb(data, at)
                if opcode in (0x90, 0xA0, 0xB0, 0xC0) and stream != "weak":
                    found.add((name, str(ordinal)))
        chains = self.bytes_of("chains")
        if chains:
            _, _, imports, names, count, form, packed = struct.unpack_from("<7I", chains)
            need(packed == 0 and form in (1, 2, 3), "chained imports of an unknown form")
            for i in range(count):
                if form == 3:
                    word, = struct.unpack_from("<Q", chains, imports + i * 16)
                    ordinal, name = word & 0xFFFF, word >> 32
                    ordinal -= 0x10000 if ordinal > 0xFFF0 else 0
                else:
                    word, = struct.unpack_from("<I", chains, imports + i * 4 * form)
                    ordinal, name = word & 0xFF, word >> 9
                    ordinal -= 0x100 if ordinal > 0xF0 else 0
                found.add((text(chains, names + name)[0], "weak" if ordinal == -3 else str(ordinal)))
        return dict(sorted(found))

    def symbols(self):
        table, strings, found = self.bytes_of("symbols"), self.bytes_of("strings"), []
        step = 16 if self.wide else 12
        for at in range(0, len(table), step):
            name, kind, _, _, value = struct.unpack_from("<IBBHQ" if self.wide else "<IBBHI", table, at)
            found.append((text(strings, name)[0] if name else "", kind, value))
        return found

    def listed(self):
        result = {}
        for name, kind, value in self.symbols():
            if kind & 0xE0 == 0 and name:
                words = ("external" if kind & 1 else "local") if kind & 0xE else "undefined"
                result.setdefault(f"{words} {name}", f"{value:#x}" if kind & 0xE else "")
        return result

    def check(self):
        begin = self.linkedit[3]
        end = begin + self.linkedit[4]
        need(end == len(self.data), "__LINKEDIT does not end with the file")
        need(self.linkedit[2] >= self.linkedit[4], "__LINKEDIT is mapped too short")
        last = begin
        for name, (offset, size) in sorted(self.tables.items(), key=lambda item: item[1]):
            if size == 0:
                continue
            need(offset >= last, f"{name} overlaps what is before it")
            need(name == "signature" or offset + size <= end, f"{name} is not in __LINKEDIT")
            need(offset % (16 if name == "signature" else 8) == 0, f"{name} is not aligned")
            last = offset + size
        need(last <= end and end - last < 16, "something is behind the last table")
        symbols = self.symbols()
        for i, (name, kind, _) in enumerate(symbols):
            local = kind & 0xE0 or not kind & 1
            group = 0 if local else 1 if kind & 0xE else 2
            first, count = self.groups[2 * group], self.groups[2 * group + 1]
            need(first <= i < first + count, f"{name} is in the wrong group")
        for at in range(0, len(self.bytes_of("indirect")), 4):
            index, = struct.unpack_from("<I", self.bytes_of("indirect"), at)
            need(index & 0xC0000000 or index < len(symbols), "the indirect table is out of range")
        exports = self.exports()
        for name, kind, value in symbols:
            if kind & 0xE0 == 0 and kind & 1 and not kind & 0x10 and kind & 0xE in (2, 0xE):
                need(name in exports, f"{name} is external, but not exported")
                address = exports[name].split()[0]
                need(address == "from" or int(address, 16) == value, f"{name} has two addresses")
        self.check_pages()

    def check_pages(self):
        signature = self.bytes_of("signature")
        if not signature:
            return
        offset, size = self.tables["signature"]
        need(offset + size == len(self.data), "the signature is not last")
        magic, length, count = struct.unpack_from(">III", signature)
        need(magic == 0xFADE0CC0 and length <= size, "no signature")
        slots = dict(struct.unpack_from(">II", signature, 12 + 8 * i) for i in range(count))
        directory = next(signature[at:] for slot, at in sorted(slots.items())
                         if (slot == 0 or slot >> 12 == 1) and signature[at + 37] == 2)
        fields = struct.unpack_from(">9I4B", directory)
        _, length, _, flags, hashes, identifier, special, pages, limit, hash_size, hash_type, _, shift = fields
        need(limit == offset and hash_type == 2 and hash_size == 32, "the signature covers something else")
        need(pages == (limit + (1 << shift) - 1) >> shift and hashes + 32 * pages <= length, "the wrong number of pages")
        team, = struct.unpack_from(">I", directory, 48)
        self.signed = [f"flags {flags:#x}", "identifier " + text(directory, identifier)[0],
                       "team " + (text(directory, team)[0] if team else "none")]
        for i in range(pages):
            page = self.data[i << shift:min((i + 1) << shift, limit)]
            need(hashlib.sha256(page).digest() == directory[hashes + 32 * i:hashes + 32 * i + 32], f"page {i} has another hash")
        for slot in range(1, special + 1):
            digest = directory[hashes - 32 * slot:hashes - 32 * slot + 32]
            self.signed += [f"slot {slot} {digest.hex()}"] if any(digest) else []
        for slot, at in slots.items():
            if 0 < slot <= special and slot != 1 and slot != 3:
                blob = signature[at:at + struct.unpack_from(">I", signature, at + 4)[0]]
                need(hashlib.sha256(blob).digest() == directory[hashes - 32 * slot:hashes - 32 * slot + 32], f"slot {slot}")


def same_code(old, new):
    """All in front of __LINKEDIT, but for the fields that lead there."""
    need(old.commands_end == new.commands_end and old.fields == new.fields, "other load commands")
    begin = old.linkedit[3]
    was, now = bytearray(old.data[:begin]), bytearray(new.data[:begin])
    for at in new.fields:
        was[at:at + 4] = now[at:at + 4]
    for name, _, size, offset in old.sections:
        if name == "__stub_helper":
            numbers = [at for at in range(offset, offset + size - 3) if was[at:at + 4] != now[at:at + 4]]
            need(len(numbers) == 0 or old.bytes_of("lazy") != new.bytes_of("lazy"), "__stub_helper has changed")
            was[offset:offset + size] = now[offset:offset + size]
    need(was == now, "something in front of __LINKEDIT has changed")


def differences(kind, old, new, names_only):
    for sign, here, there in (("-", old, new), ("+", new, old)):
        for name in sorted(here):
            if name not in there or here[name] != there[name]:
                yield f"{kind} {sign} {name}" + ("" if names_only or not here[name] else " " + here[name])


def compare(before, after, names_only):
    after.check()
    if before is None:
        return []
    same_code(before, after)
    lines = []
    for kind, table in (("export", Image.exports), ("import", Image.imports), ("symbol", Image.listed)):
        lines += differences(kind, table(before), table(after), names_only)
    return lines


def main(words):
    names_only = "--names" in words
    files = [open(word, "rb").read() for word in words if not word.startswith("--")]
    after = slices(files[-1])
    before = slices(files[0]) if len(files) > 1 else [(name, 0, None) for name, _, _ in after]
    need(len(before) == len(after), "another number of slices")
    for (name, _, old), (_, _, new) in zip(before, after):
        image = Image(new)
        lines = compare(Image(old) if old is not None else None, image, names_only)
        for line in image.signed if "--signature" in words else lines:
            print((name + " " if name else "") + line)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (Wrong, struct.error, IndexError, ValueError) as error:
        sys.exit(f"{sys.argv[-1]}: {type(error).__name__}: {error}")
