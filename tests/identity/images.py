#!/usr/bin/env python3
"""Edits the shared libraries that this machine has, and loads them.

For each library: an empty plan gives back the same bytes; one function that it does not export, found in its table for
debuggers or in its table for unwinding, is exported; `check` finds nothing; the library loads as before, every name
that it exported stands where it stood, and the new one where the function is. What it exports is read here with
readelf, not with linkname's own code. One line per failure and refusal, how often room was found where, then
`N passed, N failed, N skipped`; a library that does not load by itself (a plug-in of something) is skipped.

    LINKNAME_TOOL=...   the tool (build/release/bin/linkname-tool)
    EVERY=N             every Nth library only (1)
    FOLDERS=...         where to look, colons between (the system's)
    STRIP="strip ..."   a command that is let loose on each result, which has to go on loading: `strip`, `patchelf ...`
"""

import collections
import os
import struct
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
tool = os.environ.get("LINKNAME_TOOL", os.path.join(root, "build/release/bin/linkname-tool"))
every = int(os.environ.get("EVERY", "1"))
strip = os.environ.get("STRIP", "").split()
folders = os.environ.get("FOLDERS", "/usr/lib:/usr/local/lib:/opt").split(":")
new_name = "linkname_probe"

PT_LOAD, PT_GNU_EH_FRAME, ET_DYN = 1, 0x6474E550, 3


def machine_of(path):
    """e_machine of a 64-bit little-endian library, or None."""
    try:
        with open(path, "rb") as file:
            start = file.read(20)
    except OSError:
        return None
    if start[:6] != b"\x7fELF\x02\x01" or struct.unpack_from("<H", start, 16)[0] != ET_DYN:
        return None
    return struct.unpack_from("<H", start, 18)[0]


def libraries():
    ours = machine_of(os.path.realpath(sys.executable)) or machine_of("/bin/sh") or 62
    found = set()
    for folder in folders:
        for where, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(where, name)
                if ".so" in name and not os.path.islink(path) and machine_of(path) == ours:
                    found.add(os.path.realpath(path))
    return sorted(found)[::every]


def functions_by_unwinding(path):
    """Where functions begin, by .eh_frame_hdr (LSB, "The .eh_frame_hdr section"), where its table is the usual one."""
    with open(path, "rb") as file:
        data = file.read()
    phoff, = struct.unpack_from("<Q", data, 32)
    number, = struct.unpack_from("<H", data, 56)
    for i in range(number):
        kind, _, offset, address = struct.unpack_from("<IIQQ", data, phoff + 56 * i)
        if kind != PT_GNU_EH_FRAME or data[offset:offset + 4] != b"\x01\x1b\x03\x3b":
            continue
        count, = struct.unpack_from("<I", data, offset + 8)
        starts = struct.unpack_from("<" + "ii" * count, data, offset + 12)[::2]
        return [(start + address) % 2**64 for start in starts]
    return []


def symbols(path, table):
    """(name@version, address, kind, binding, section) of every entry that readelf prints."""
    listed = subprocess.run(["readelf", "-W", table, path], capture_output=True, text=True, errors="replace").stdout
    for line in listed.splitlines():
        field = line.split()
        if len(field) >= 8 and field[0][:-1].isdigit() and field[6] != "UND":
            yield field[7].replace("@@", "@"), int(field[1], 16), field[3], field[4], field[6]


def search_path(path):
    """Where the library's own would be found if the copy stood where the library stands."""
    folder = os.path.dirname(path)
    listed = subprocess.run(["readelf", "-W", "-d", path], capture_output=True, text=True, errors="replace").stdout
    paths = [line.split("[", 1)[1].rstrip("]") for line in listed.splitlines() if "RUNPATH)" in line or "RPATH)" in line]
    return ":".join([folder] + [p.replace("$ORIGIN", folder).replace("${ORIGIN}", folder) for p in paths])


def look_up(probe, path, names, search):
    environment = dict(os.environ, LD_LIBRARY_PATH=search)
    try:
        ran = subprocess.run([probe, path], input="".join(name + "\n" for name in names), capture_output=True, text=True,
                             errors="replace", timeout=120, env=environment)
    except subprocess.TimeoutExpired:
        return None
    return ran.stdout if ran.returncode == 0 else None


def try_library(path, probe, work):
    """(verdict, why)"""
    result = os.path.join(work, os.path.basename(path))
    copied = subprocess.run([tool, "rewrite", path, "-o", result], capture_output=True, text=True)
    if copied.returncode != 0:
        return "refused", copied.stderr.strip()
    if subprocess.run(["cmp", "-s", path, result]).returncode != 0:
        return "FAIL", "an empty plan has changed it"
    exported = [s for s in symbols(path, "--dyn-syms") if s[3] != "LOCAL"]
    # What stands behind all that is mapped may be in whatever is mapped there.
    names = [s[0] for s in exported if s[2] != "TLS" and s[0].split("@")[0] not in ("_end", "end")]
    known = {s[1] for s in exported}
    search = search_path(path)
    before = look_up(probe, path, names, search)
    if before is None:
        return "skip", "does not load by itself"
    private = [a for a in functions_by_unwinding(path) if a not in known]
    if not private:
        return "skip", "has no function of its own that could be found"
    address = private[len(private) // 2]
    edited = subprocess.run([tool, "rewrite", path, "-o", result, "--export", f"{new_name}={hex(address)}"],
                            capture_output=True, text=True)
    if edited.returncode != 0:
        return ("refused" if edited.returncode == 1 else "FAIL"), edited.stderr.strip()
    checked = subprocess.run([tool, "check", result], capture_output=True, text=True)
    if checked.returncode != 0 and subprocess.run([tool, "check", path], capture_output=True).returncode == 0:
        return "FAIL", checked.stdout + checked.stderr
    if strip:
        os.chmod(result, 0o755)
        if subprocess.run(strip + [result], capture_output=True).returncode != 0:
            return "skip", "cannot be stripped"
    after = look_up(probe, result, names + [new_name], search)
    if after is None:
        return "FAIL", "does not load any more"
    if after != before + f"{new_name} {address:x}\n":
        return "FAIL", "a name stands elsewhere: " + repr(set(after.splitlines()) ^ set(before.splitlines()))[:300]
    planned = subprocess.run([tool, "rewrite", path, "--dry-run", "--export", f"{new_name}={hex(address)}"],
                             capture_output=True, text=True)
    room = [line for line in planned.stderr.splitlines() if line.startswith("note: ")]
    grown = os.path.getsize(result) - os.path.getsize(path) if not strip else 0
    return "pass", "in place" if grown == 0 else room[0].rsplit(": ", 1)[1] if room else "grown"


def main():
    counts = collections.Counter()
    rooms = collections.Counter()
    with tempfile.TemporaryDirectory(prefix="linkname-images.") as work:
        probe = os.path.join(work, "probe")
        built = subprocess.run(["cc", os.path.join(here, "images.c"), "-o", probe, "-ldl"])
        if built.returncode != 0:
            sys.exit("cannot compile the probe")
        for path in libraries():
            verdict, why = try_library(path, probe, work)
            counts[verdict] += 1
            if verdict == "pass":
                rooms["".join("N" if c.isdigit() else c for c in why).replace("NN", "N")] += 1
            elif verdict != "skip":
                print(verdict, path + ":", why.replace("\n", " ")[:600], flush=True)
            for left in os.listdir(work):
                if left != "probe":
                    os.remove(os.path.join(work, left))
    for room, count in rooms.most_common():
        print(f"{count} {room}")
    tried = counts["pass"] + counts["refused"] + counts["FAIL"]
    print(f"{counts['refused']} refused of {tried}")
    print(f"{counts['pass']} passed, {counts['FAIL']} failed, {counts['skip']} skipped")
    sys.exit(1 if counts["FAIL"] or (tried and counts["refused"] * 100 > tried * 3) else 0)


main()
