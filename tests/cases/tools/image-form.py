"""image-form.py IN OUT OPTION...: writes a PE image again, in a form that linkers at hand do not write, or damaged.

  --signed            with a certificate (of nobody) at the end
  --overlay           with some bytes behind all that the headers speak of
  --bound             with the loader's tables of imports filled in ahead, with addresses that are wrong
  --no-header-room    with something behind the section table
  --longer-section    where the last section claims the first bytes of what is behind it
  --no-checksum
  --checksum          with the right one
  --word RVA=VALUE    with another 32-bit value at an address, or at a place in the headers:
                      exports+N, config+N, directory[N]+N, optional+N, section[N]+N, names[N], slots[N], ordinals[N]
"""
import os
import re
import struct
import sys

sys.dont_write_bytecode = True  # nothing is left in the tree
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "support"))
import pe_image  # noqa: E402

with open(sys.argv[1], "rb") as file:
    data = bytearray(file.read())
image = pe_image.Image(bytes(data))
first_directory = image.optional + (112 if image.wide else 96)


def place(text):
    what, number, more = re.fullmatch(r"(\w+)(?:\[(\d+)\])?(?:\+(\w+))?", text).groups()
    number, more = int(number or 0), int(more or "0", 0)
    exports = image.offset(image.directories[pe_image.EXPORTS][0]) if image.directories[pe_image.EXPORTS][0] else 0
    tables = {"slots": 28, "names": 32, "ordinals": 36}
    if what in tables:
        rva = image.at("<I", exports + tables[what])[0]
        return image.offset(rva) + number * (2 if what == "ordinals" else 4)
    configuration = image.offset(image.directories[10][0]) if image.directories[10][0] else 0
    starts = {"exports": exports, "config": configuration, "directory": first_directory + 8 * number, "optional": image.optional,
              "section": image.table + 40 * number, "header": image.optional - 20}
    return starts[what] + more if what in starts else image.offset(int(what, 0) + more)


def bind():
    rva = image.directories[pe_image.IMPORTS][0]
    form, size = ("<Q", 8) if image.wide else ("<I", 4)
    while image.at("<I", image.offset(rva) + 16)[0]:
        struct.pack_into("<II", data, image.offset(rva) + 4, 0xFFFFFFFF, 0xFFFFFFFF)
        at = image.offset(image.at("<I", image.offset(rva) + 16)[0])
        while image.at(form, at)[0]:
            struct.pack_into(form, data, at, 0x6FFF0000 + at)
            at += size
        rva += 20
    struct.pack_into("<II", data, first_directory + 8 * 11, image.size_of_headers - 16, 16)


options = sys.argv[3:]
for option, value in zip(options, options[1:] + [""]):
    if option == "--word":
        where, number = value.split("=")
        struct.pack_into("<I", data, place(where), int(number, 0))
    elif option == "--no-header-room":
        end = image.table + 40 * len(image.sections)
        data[end:image.size_of_headers] = b"\xCC" * (image.size_of_headers - end)
    elif option == "--longer-section":
        last = max(range(len(image.sections)), key=lambda i: image.sections[i][4])
        struct.pack_into("<I", data, image.table + 40 * last + 16, image.sections[last][3] + 8)
    elif option == "--bound":
        bind()
    elif option == "--overlay":
        data += b"what an installer brings"
    elif option == "--signed":
        data += b"\0" * (-len(data) % 8)
        certificate = struct.pack("<IHH", 24, 0x200, 2) + b"by nobody at all"
        struct.pack_into("<II", data, first_directory + 8 * pe_image.CERTIFICATES, len(data), len(certificate))
        data += certificate
    elif option in ("--no-checksum", "--checksum"):
        struct.pack_into("<I", data, image.optional + 64, 0)
if "--checksum" in options:
    struct.pack_into("<I", data, image.optional + 64, pe_image.Image(bytes(data)).computed_checksum())
with open(sys.argv[2], "wb") as file:
    file.write(data)
