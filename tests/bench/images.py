"""Linked images for the benchmark, and the peers that edit such: patchelf renames dynamic symbols (from 0.18 on), LIEF adds
exports."""

import glob
import os
import shutil
import struct
import subprocess

# LIEF 0.9, which Debian has, is quadratic in what libLLVM has much of.
PATIENCE = 120

LIEF_SOURCE = """
#include <LIEF/ELF.hpp>
#include <cstdlib>
int main(int, char **arguments) {
  auto image = LIEF::ELF::Parser::parse(arguments[1]);
  image->add_exported_function(std::strtoull(arguments[3], nullptr, 0), arguments[4]);
  image->write(arguments[2]);
}
"""


def largest_llvm():
    """The largest shared library of LLVM on this machine."""
    found = [path for pattern in ("/usr/lib/llvm-*/lib/libLLVM*.so*", "/usr/lib/*-linux-gnu/libLLVM*.so*")
             for path in glob.glob(pattern) if not os.path.islink(path)]
    return max(found, key=os.path.getsize, default=None)


def small_library():
    """One that every Debian has."""
    found = [path for path in glob.glob("/usr/lib/*-linux-gnu/libsqlite3.so.0.*") if not os.path.islink(path)]
    return found[0] if found else None


def section(path, wanted):
    """Address, offset and size of a section."""
    listing = subprocess.run(["readelf", "-SW", path], check=True, capture_output=True, text=True).stdout
    for line in listing.splitlines():
        words = line.replace("[", " ").replace("]", " ").split()
        if len(words) > 5 and words[1] == wanted:
            return tuple(int(word, 16) for word in words[3:6])
    raise SystemExit(f"{path}: no section {wanted}")


def exports(path):
    listing = subprocess.run(["nm", "-D", "--defined-only", path], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in listing.splitlines()]
    return {int(row[0], 16): row[2].split("@")[0] for row in rows if len(row) == 3 and row[1] == "T"}


def private_functions(path):
    """Addresses from the unwind table's index that no export has (LSB, "Exception Frames": sorted pairs of 32-bit numbers,
    relative to the section)."""
    address, offset, size = section(path, ".eh_frame_hdr")
    with open(path, "rb") as file:
        file.seek(offset)
        data = file.read(size)
    assert data[3] == 0x3B, "an index of another encoding"
    count = struct.unpack_from("<I", data, 8)[0]
    known = exports(path)
    starts = (address + struct.unpack_from("<i", data, 12 + 8 * i)[0] for i in range(count))
    text, _, length = section(path, ".text")
    return [start for start in starts if start not in known and text <= start < text + length]


def patchelf():
    tool = os.environ.get("PATCHELF", "patchelf")
    if not shutil.which(tool):
        return None
    told = subprocess.run([tool, "--help"], capture_output=True, text=True)
    return tool if "--rename-dynamic-symbols" in told.stdout + told.stderr else None


def lief(work):
    """A program that lets LIEF export a function, where liblief-dev is installed."""
    program = os.path.join(work, "lief_export")
    source = program + ".cpp"
    with open(source, "w", encoding="utf-8") as file:
        file.write(LIEF_SOURCE)
    built = subprocess.run(["c++", "-O2", source, "-o", program, "-lLIEF"], capture_output=True)
    return program if built.returncode == 0 else None


def cases(work, tool):
    """title, path, output, commands; the largest library is the one that promises are about."""
    output = os.path.join(work, "out.so")
    rules, names = os.path.join(work, "image.rules"), os.path.join(work, "names")
    for label, path in (("libLLVM", largest_llvm()), ("libsqlite3", small_library())):
        if not path:
            print(f"\n{label}: not on this machine")
            continue
        private = private_functions(path)
        step = max(1, len(private) // 1000)
        chosen = private[::step][:1000]
        with open(rules, "w", encoding="utf-8") as file:
            file.writelines(f"export inner_{i}={address:#x}\n" for i, address in enumerate(chosen))
        old = sorted(exports(path).values())[0]
        with open(names, "w", encoding="utf-8") as file:
            file.write(f"{old} {old}_before\n")
        ours = [tool, "rewrite", path, "-o", output]
        one = {"cp": ["cp", path, output]}
        if program := lief(work):
            one["LIEF"] = [program, path, output, hex(chosen[0]), "inner"]
        yield (f"{label}, one export", path, output, one | {"linkname-tool": [*ours, "--export", f"inner={chosen[0]:#x}"]})
        yield (f"{label}, {len(chosen):,} exports", path, output,
               {"cp": ["cp", path, output], "linkname-tool": [*ours, "--rules", rules]})
        rename = {"cp": ["cp", path, output]}
        if patcher := patchelf():
            rename["patchelf"] = [patcher, "--rename-dynamic-symbols", names, "--output", output, path]
        yield (f"{label}, one rename", path, output, rename | {"linkname-tool": [*ours, "--rename", f"{old}={old}_before"]})
