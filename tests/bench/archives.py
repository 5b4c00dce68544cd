"""Archives for the benchmark: one of real C++ code, one of very many small members."""

import os
import struct
import subprocess

MEMBERS = 100_000

SMALL_MEMBER = """
static int sum_AAAAAA(int *p, int n) { int s = 0; for (int i = 0; i < n; ++i) { s += p[i] * 31; p[i] ^= s; } return s; }
int (*hook_AAAAAA)(int *, int) = sum_AAAAAA;
int f_BBBBBB(int);
int f_AAAAAA(int x) {
  int a[32];
  for (int i = 0; i < 32; ++i) a[i] = x * i;
  return sum_AAAAAA(a, 32) + f_BBBBBB(x - 1);
}
"""


def make_real(path, folder, at_least=130 << 20):
    """The members of LLVM's largest archives, until they are `at_least` bytes."""
    archives = sorted((os.path.join(folder, name) for name in os.listdir(folder)
                       if name.startswith("libLLVM") and name.endswith(".a")), key=os.path.getsize, reverse=True)
    count = 0
    size = 0
    while count < len(archives) and size < at_least:
        size += os.path.getsize(archives[count])
        count += 1
    script = "".join([f"create {path}\n", *(f"addlib {archive}\n" for archive in archives[:count]), "save\nend\n"])
    subprocess.run(["ar", "-M"], input=script, text=True, check=True)


def header(name, size):
    return b"%-16s%-12d%-6d%-6d%-8s%-10d`\n" % (name, 0, 0, 0, b"644", size)


def make_many(path, work):
    """MEMBERS members, each with a function that calls that of the one before it, a static one and a pointer to it."""
    source, compiled = os.path.join(work, "member.c"), os.path.join(work, "member.o")
    with open(source, "w", encoding="utf-8") as file:
        file.write(SMALL_MEMBER)
    subprocess.run(["cc", "-O2", "-c", source, "-o", compiled], check=True)
    with open(compiled, "rb") as file:
        template = file.read()
    names = [b"%s_%06d" % (stem, i) for i in range(MEMBERS) for stem in (b"hook", b"f")]
    blob = b"".join(name + b"\0" for name in names)
    size = 4 + 4 * len(names) + len(blob)
    size += size & 1
    step = 60 + len(template) + (len(template) & 1)
    first = 8 + 60 + size
    offsets = b"".join(struct.pack(">I", first + i // 2 * step) for i in range(len(names)))
    with open(path, "wb") as file:
        file.write(b"!<arch>\n" + header(b"/", size))
        file.write((struct.pack(">I", len(names)) + offsets + blob).ljust(size, b"\0"))
        for i in range(MEMBERS):
            member = template.replace(b"AAAAAA", b"%06d" % i).replace(b"BBBBBB", b"%06d" % ((i - 1) % MEMBERS))
            file.write(header(b"%06d.o/" % i, len(member)) + member + b"\n" * (len(member) & 1))
