"""coff-form.py IN OUT [OPTION...]: writes a COFF object again, in a form that compilers seldom choose.

  --big             the form for very many sections (IMAGE_FILE_HEADER_EX, 20 bytes a symbol), whatever their number
  --no-strings      without the string table's four bytes, where no name is long
  --no-length       the same with a length of 0 in them
  --tables-first    symbol table and string table in front of the sections' contents
  --aligned N       the sections' contents at multiples of N
"""
import struct
import sys

arguments = sys.argv[1:]
source, target = arguments[:2]
options = arguments[2:]
big = "--big" in options
aligned = int(options[options.index("--aligned") + 1]) if "--aligned" in options else 1
data = open(source, "rb").read()
machine, number, stamp, symbols_at, symbol_count, optional, flags = struct.unpack_from("<HHIIIHH", data)
sections = [list(struct.unpack_from("<8sIIIIIIHHI", data, 20 + optional + 40 * i)) for i in range(number)]
entries = [data[symbols_at + 18 * i:symbols_at + 18 * i + 18] for i in range(symbol_count)]
strings_at = symbols_at + 18 * symbol_count
strings = data[strings_at:strings_at + struct.unpack_from("<I", data, strings_at)[0]]
if ("--no-strings" in options or "--no-length" in options) and len(strings) != 4:
    sys.exit("there are long names")
if "--no-strings" in options:
    strings = b""
if "--no-length" in options:
    strings = b"\0\0\0\0"

if big:
    wide, auxiliary = [], 0
    for entry in entries:
        if auxiliary:
            wide.append(entry + b"\0\0")
            auxiliary -= 1
            continue
        name, value, section, kind, storage, auxiliary = struct.unpack("<8sIhHBB", entry)
        wide.append(struct.pack("<8sIiHBB", name, value, section, kind, storage, auxiliary))
    entries = wide
head = 56 if big else 20
body = bytearray(head + 40 * number)
tables = b"".join(entries) + strings


def place(bytes_, alignment=1):
    while len(body) % alignment:
        body.append(0)
    at = len(body)
    body.extend(bytes_)
    return at


if "--tables-first" in options:
    symbols_at = place(tables)
for i, section in enumerate(sections):
    size, raw, relocations, count = section[3], section[4], section[5], section[7]
    if raw and size and not section[9] & 0x80:
        section[4] = place(data[raw:raw + size], aligned)
    if count:
        number_of = struct.unpack_from("<I", data, relocations)[0] if count == 0xFFFF and section[9] & 0x01000000 else count
        section[5] = place(data[relocations:relocations + 10 * number_of])
    struct.pack_into("<8sIIIIIIHHI", body, head + 40 * i, *section)
if "--tables-first" not in options:
    symbols_at = place(tables)
if big:
    magic = bytes.fromhex("c7a1bad1eebaa94baf20faf66aa4dcb8")
    struct.pack_into("<HHHHI16sIIIIIII", body, 0, 0, 0xFFFF, 2, machine, stamp, magic, 0, 0, 0, 0, number, symbols_at,
                     symbol_count)
else:
    struct.pack_into("<HHIIIHH", body, 0, machine, number, stamp, symbols_at, symbol_count, 0, flags)
open(target, "wb").write(body)
