#!/usr/bin/env python3
"""Edits shared libraries and modules for ELF systems, and loads them.

Of each image: an empty plan gives back the same bytes; then one function that it does not export, found in its table for
unwinding or its table for debuggers, is exported, and of files that are named also a second name given, a name changed,
hidden and made weak, and an import renamed. Nothing else has changed to readelf (symbols, versions, what is relocated by
which name, code and data), and neither eu-elflint, LLVM's readelf nor `check` finds what it did not find before. Loaded,
every name that it exported stands where it stood, and the new one where it should be: by the C library and processor, or
emulator, that it is for; what a module asks of its host is a stub then, and Node.js finds the same in its modules as before.

    images.py           the libraries of this machine: a line per failure and refusal
    images.py FILE...   those files, for whatever machine: a line per case; with those of packages.py, for one

Then how often room was found where, and `N passed, N failed, N skipped`; what does not load even before (a plug-in of
something, or for a system that is not here) is skipped there.

    LINKNAME_TOOL=...   the tool (build/release/bin/linkname-tool)
    EVERY=N             every Nth library only (1)
    FOLDERS=...         where to look, colons between (the system's)
    STRIP="strip ..."   a command that is let loose on each result, which has to go on loading: `strip`, `patchelf ...`
"""

import collections
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
sys.dont_write_bytecode = True  # nothing is left in the tree
sys.path.insert(0, os.path.join(root, "tests", "images"))
import run as linked  # noqa: E402

tool = linked.tool
every = int(os.environ.get("EVERY", "1"))
strip = os.environ.get("STRIP", "").split()
folders = os.environ.get("FOLDERS", "/usr/lib:/usr/local/lib:/opt").split(":")
new_name = "linkname_probe"

PT_GNU_EH_FRAME, PT_ARM_EXIDX, ET_DYN = 0x6474E550, 0x70000001, 3
EM_X86_64, EM_ARM = 62, 40
machines = {EM_X86_64: "x86_64", 183: "aarch64", EM_ARM: "arm", 3: "i686"}
tables = {"NULL", "DYNSYM", "SYMTAB", "SYMTAB_SHNDX", "STRTAB", "HASH", "GNU_HASH", "VERSYM", "VERNEED", "VERDEF", "DYNAMIC",
          "REL", "RELA", "RELR"}
# What whoever loads a module offers it (Node.js with libuv and V8, or Bare), and what GCC's library offers, of which there
# is none for musl here.
of_the_host = re.compile(r"(?:napi|node|uv|js|bare)_\w+|_ZNK?(?:2v8|4node)\w+")
of_the_unwinder = re.compile(r"_Unwind_\w+")


def machine_of(path):
    """e_machine of a little-endian library, or None."""
    try:
        with open(path, "rb") as file:
            start = file.read(20)
    except OSError:
        return None
    if start[:4] != b"\x7fELF" or start[5:7] != b"\x01\x01" or struct.unpack_from("<H", start, 16)[0] != ET_DYN:
        return None
    return struct.unpack_from("<H", start, 18)[0]


def libraries():
    ours = machine_of(os.path.realpath(sys.executable)) or machine_of("/bin/sh") or EM_X86_64
    found = set()
    for folder in folders:
        for where, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(where, name)
                if ".so" in name and not os.path.islink(path) and machine_of(path) == ours:
                    found.add(os.path.realpath(path))
    return sorted(found)[::every]


def functions_by_unwinding(path):
    """Where functions begin, by .eh_frame_hdr (LSB, "The .eh_frame_hdr section"), where its table is the usual one; or by
    the index of 32-bit ARM (EHABI, "Index table entries")."""
    with open(path, "rb") as file:
        data = file.read()
    wide = data[4] == 2
    phoff, = struct.unpack_from("<Q" if wide else "<I", data, 32 if wide else 28)
    number, = struct.unpack_from("<H", data, 56 if wide else 44)
    for i in range(number):
        if wide:
            kind, _, offset, address, _, size = struct.unpack_from("<IIQQQQ", data, phoff + 56 * i)
        else:
            kind, offset, address, _, size = struct.unpack_from("<5I", data, phoff + 32 * i)
        if kind == PT_ARM_EXIDX:
            words = struct.unpack_from("<" + "Ii" * (size // 8), data, offset)[::2]
            places = range(address, address + size, 8)
            distances = (((word & 0x7FFFFFFF) ^ 0x40000000) - 0x40000000 for word in words)  # of 31 bits
            return [(place + distance) % 2**32 for place, distance in zip(places, distances)]
        if kind == PT_GNU_EH_FRAME and data[offset:offset + 4] == b"\x01\x1b\x03\x3b":
            count, = struct.unpack_from("<I", data, offset + 8)
            starts = struct.unpack_from("<" + "ii" * count, data, offset + 12)[::2]
            return [(start + address) % 2**(64 if wide else 32) for start in starts]
    return []


def readelf(path, *options):
    return linked.run("readelf", "-W", *options, path, status=None)


def symbols(path, table="--dyn-syms"):
    """(name@version, address, size, kind, binding, visibility, section) of every entry that readelf prints."""
    for line in readelf(path, table).splitlines():
        field = re.sub(r" \[[^]]*\](?= )", "", line).split()
        if len(field) >= 7 and field[0][:-1].isdigit() and re.fullmatch("[0-9a-f]{8,16}", field[1]):
            name = field[7].replace("@@", "@") if len(field) > 7 else ""
            yield name, int(field[1], 16), *field[2:6], field[6] if field[6].isalpha() else "here"


def relocations(path):
    """How often which relocation is made at which place by which name."""
    lines = (line.split() for line in readelf(path, "-r").splitlines())
    # What the second column holds besides the kind, the symbol's number, may be another.
    return collections.Counter((words[0], *words[2:]) for words in lines if words and re.fullmatch("[0-9a-f]{8,16}", words[0]))


def contents(path):
    """(name, address, size, bytes) of every section but the tables that an edit may write, by readelf's list of them; notes
    may move."""
    with open(path, "rb") as file:
        data = file.read()
    row = re.compile(r"\] (\S*) +([A-Z]\S*) +([0-9a-f]{8,16}) ([0-9a-f]{6,}) ([0-9a-f]{6,}) ")
    for name, kind, *numbers in row.findall(readelf(path, "-S")):
        address, offset, size = (int(number, 16) for number in numbers)
        if kind not in tables and name != ".shstrtab":
            yield name, kind != "NOTE" and address, size, b"" if kind == "NOBITS" else data[offset:offset + size]


def needed(path):
    return re.findall(r"\(NEEDED\).*\[(.*)\]", readelf(path, "-d"))


def search_path(path):
    """Where the library's own would be found if the copy stood where the library stands."""
    folder = os.path.dirname(path)
    paths = re.findall(r"\((?:RUNPATH|RPATH)\).*\[(.*)\]", readelf(path, "-d"))
    return ":".join([folder] + [p.replace("$ORIGIN", folder).replace("${ORIGIN}", folder) for p in paths])


class Loaders:
    """Programs that load a library and say where its names are: for each machine and C library, and each set of stubs."""

    def __init__(self, work):
        self.work = work
        self.built = {}

    def command(self, path):
        """"musl" or a machine, what is put before the library's path, and where its own are; raises linked.Skipped."""
        machine = machines.get(machine_of(path))
        if machine is None:
            raise linked.Skipped("of a machine that is not known here")
        libraries = needed(path)
        if machine == "x86_64" and any(name.startswith("libc.musl") or name == "libc.so" for name in libraries):
            machine = "musl"
        asked = {name.partition("@")[0] for name, *_, section in symbols(path) if section == "UND"}
        stubs = frozenset(name for name in asked if of_the_host.fullmatch(name) or
                          machine == "musl" and of_the_unwinder.fullmatch(name))
        chain = linked.Toolchain(machine, "bfd", self.work)
        where = self.built.get((machine, stubs))
        if where is None:
            where = self.built[machine, stubs] = tempfile.mkdtemp(dir=self.work)
            source = os.path.join(where, "stubs.c")
            with open(source, "w", encoding="ascii") as file:
                file.write("".join(f"long {name}(void) {{ return 0; }}\n" for name in sorted(stubs)) + "\n")
            chain.compile(where, "probe", os.path.join(here, "images.c"), source, "-rdynamic", "-ldl")
            if machine == "musl":
                chain.compile(where, "libgcc_s.so.1", source, "-shared", "-fPIC")
        search = search_path(path) + (":" + where if machine == "musl" else "")
        return machine, [*chain.start, os.path.join(where, "probe")], search


def look_up(command, search, path, names):
    environment = dict(os.environ, LD_LIBRARY_PATH=search)
    try:
        ran = subprocess.run([*command, path], input="".join(name + "\n" for name in names), capture_output=True, text=True,
                             errors="replace", timeout=120, env=environment)
    except subprocess.TimeoutExpired:
        return None, "the loader does not end"
    said = (ran.stdout + ran.stderr).strip()
    return (ran.stdout, None) if ran.returncode == 0 else (None, f"status {ran.returncode}: {said[-200:]}")


ask_node = """
const known = new Set();
const all = (value, depth) => {
  if (value === null || typeof value != "object" && typeof value != "function" || depth > 2 || known.has(value))
    return typeof value == "number" || typeof value == "string" ? value : typeof value;
  known.add(value);
  const parts = Object.entries(Object.getOwnPropertyDescriptors(value)).sort();
  return [typeof value, parts.map(([name, part]) => [name, "value" in part ? all(part.value, depth + 1) : "computed"])];
};
console.log(JSON.stringify(all(require(process.argv[1]), 0)));
"""


def in_node(path, search):
    """What Node.js finds in a module; None where it does not load it."""
    ran = subprocess.run(["node", "-e", ask_node, path], capture_output=True, text=True, errors="replace", timeout=120,
                         env=dict(os.environ, LD_LIBRARY_PATH=search))
    return ran.stdout if ran.returncode == 0 else None


def findings(path):
    """What `check` says, without places that an edit may move."""
    said = linked.run(tool, "check", path, status=None).replace(path, "")
    return {re.sub(r"0x[0-9a-f]+|\d+", "*", line) for line in said.splitlines()}


def private_function(path):
    """The address of one that no exported name has; None where none is known."""
    exported = {address for _, address, *_, section in symbols(path) if section != "UND"}
    functions = [(address, binding) for _, address, _, kind, binding, _, section in symbols(path, "--syms")
                 if (kind, section) == ("FUNC", "here")]
    found = functions_by_unwinding(path)
    if machine_of(path) == EM_ARM:  # Thumb code, which has odd addresses, is like any other to the index
        thumb = {address & ~1: address & 1 for address, _ in functions}
        most = int(2 * sum(thumb.values()) > len(thumb))
        found = [address | thumb.get(address, most) for address in found]
    private = [address for address in found if address not in exported] or \
        [address for address, binding in functions if binding == "LOCAL" and address not in exported]
    if private:
        return private[len(private) // 2]
    # Where no table tells, one begins where the code does.
    code = [int(address, 16) for address in re.findall(r"\] \.text +PROGBITS +([0-9a-f]+)", readelf(path, "-S"))]
    return next((address for address in code if address not in exported), None)


def plain(entry):
    """The name without its version."""
    return entry[0].partition("@")[0]


def edits(path):
    """(kind, option, entry that goes, entry that comes) of each edit that the image has a symbol for; None for neither."""
    entries = list(symbols(path))
    times = collections.Counter(plain(entry) for entry in entries)
    once = sorted(entry for entry in entries if plain(entry) and times[plain(entry)] == 1)
    exports = [entry for entry in once if entry[3:] == ("FUNC", "GLOBAL", "DEFAULT", "here")]
    imports = [entry for entry in once if entry[4] == "GLOBAL" and entry[6] == "UND"]
    address = private_function(path)
    if address is not None:
        yield "export", f"--export={new_name}={address:#x}", None, (new_name, address, "0", "FUNC", "GLOBAL", "DEFAULT", "here")
    if exports:
        old = exports[len(exports) // 2]
        yield "alias", f"--alias={new_name}={plain(old)}", None, (new_name, *old[1:])
        yield "rename", f"--rename={plain(old)}={new_name}", old, (new_name + old[0][len(plain(old)):], *old[1:])
        yield "hide", f"--hide={plain(old)}", old, (plain(old), *old[1:4], "LOCAL", *old[5:])
        yield "weaken", f"--weaken={plain(old)}", old, (*old[:4], "WEAK", *old[5:])
    if imports:
        old = imports[len(imports) // 2]
        yield "import", f"--rename={plain(old)}={new_name}", old, (new_name + old[0][len(plain(old)):], *old[1:])


def difference(path, result, kind, gone, come):
    """What is not as it should be after the edit to tools that are not ours, in words; None when all is."""
    before, after = (collections.Counter(symbols(image)) for image in (path, result))
    less, more = list((before - after).elements()), list((after - before).elements())
    if kind == "export":  # .symtab may know how long it is
        more = [(*entry[:2], "0", *entry[3:]) for entry in more]
    if less != [gone] * (gone is not None) or more != [come]:
        return f"readelf: gone {less[:3]}, new {more[:3]}"
    expected = relocations(path)
    if kind in ("rename", "import"):
        expected = collections.Counter({tuple(come[0] if word == gone[0] else word for word in words): count
                                        for words, count in expected.items()})
    if relocations(result) != expected:
        return "readelf: other relocations"
    if list(contents(path)) != list(contents(result)):
        return "code or data has changed"
    if needed(path) != needed(result):
        return "readelf: other libraries are needed"
    listed = linked.run("llvm-readelf-19", "-W", "--dyn-symbols", result, status=None)
    if not re.search(rf"{come[1]:0{16 if 'ELF64' in readelf(path, '-h') else 8}x} .* {plain(come)}(@.*)?$", listed, re.MULTILINE):
        return "llvm-readelf does not list it"
    # One list for each hash table, of what stands in its chains. An import may stand in the older kind.
    listed = linked.run("llvm-readelf-19", "-W", "--hash-symbols", result, status=None)
    hashed = [bool(re.search(rf" {plain(come)}(@.*)?$", table, re.MULTILINE))
              for table in re.split("^ *Symbol table", listed, flags=re.MULTILINE)[1:]]
    if not hashed or come[6] != "UND" and set(hashed) != {come[4] != "LOCAL"}:
        return f"llvm-readelf: hash tables lead to it: {hashed}"
    more = (linked.second_opinions(result) - linked.second_opinions(path)) | (findings(result) - findings(path))
    return " ".join(sorted(more)[:3]) or None


def moved(before, after, kind, gone, come):
    """What a loader finds elsewhere after the edit than it should, in words; None when all is right."""
    before, after = (dict(line.rsplit(" ", 1) for line in said.splitlines()) for said in (before, after))
    if gone and kind != "weaken":
        before[gone[0]] = after[gone[0]] if after.get(gone[0]) in ("none", "elsewhere") else "none"
    if come[4] != "LOCAL":
        before[come[0]] = f"{come[1]:x}"
    wrong = set(before.items()) ^ set(after.items())
    return f"the loader finds others: {sorted(wrong)[:4]}" if wrong else None


def room(path, option, result):
    """Where the room was."""
    if os.path.getsize(result) == os.path.getsize(path):
        return "in place"
    planned = linked.run(tool, "rewrite", path, "--dry-run", option, status=None)
    notes = [line for line in planned.splitlines() if line.startswith("note: ")]
    return notes[0].rsplit(": ", 1)[1] if notes else "grown"


def cases(path, work, loaders, kinds):
    """(verdict, what, why) of every case of one image."""
    # What is loaded stands elsewhere before the edit too, for those that look for others from where they are.
    copy, result = (os.path.join(work, folder, os.path.basename(path)) for folder in ("before", "after"))
    for file in (copy, result):
        os.mkdir(os.path.dirname(file))
    copied = subprocess.run([tool, "rewrite", path, "-o", copy], capture_output=True, text=True)
    if copied.returncode != 0:
        yield "refused", "empty plan", copied.stderr.strip()
        return
    same = subprocess.run(["cmp", "-s", path, copy]).returncode == 0
    yield ("pass" if same else "FAIL"), "empty plan", "" if same else "other bytes"
    # What stands behind all that is mapped may be in whatever is mapped there.
    names = [name for name, _, _, kind, binding, _, section in symbols(path) if section != "UND" and name and
             binding != "LOCAL" and kind != "TLS" and name.split("@")[0] not in ("_end", "end")]
    try:
        machine, command, search = loaders.command(path)
        before, why = look_up(command, search, copy, names)
    except linked.Skipped as reason:
        before, why = None, str(reason)
    if before is None:
        yield "skip", "load", "does not load by itself: " + why
    for kind, option, gone, come in edits(path):
        if kind not in kinds:
            continue
        edited = subprocess.run([tool, "rewrite", path, "-o", result, option], capture_output=True, text=True)
        if edited.returncode != 0:
            yield ("refused" if edited.returncode == 1 else "FAIL"), kind, edited.stderr.strip()
            continue
        bad = difference(path, result, kind, gone, come)
        where = room(path, option, result)
        if not bad and strip:
            os.chmod(result, 0o755)
            if subprocess.run(strip + [result], capture_output=True).returncode != 0:
                yield "skip", kind, "cannot be stripped"
                continue
        # Nobody has what an import is called now.
        if not bad and before is not None and kind != "import":
            after, why = look_up(command, search, result, names + [come[0]] * (come[0] not in names and come[4] != "LOCAL"))
            bad = moved(before, after, kind, gone, come) if after is not None else "does not load any more: " + why
        yield ("FAIL" if bad else "pass"), kind, bad or where
        if kind == "export" and before is not None and path.endswith(".node") and machine == "x86_64" and shutil.which("node"):
            known = in_node(copy, search)
            if known is None:
                yield "skip", "Node.js", "does not load it before"
            else:
                yield ("pass" if in_node(result, search) == known else "FAIL"), "Node.js", ""


def main():
    counts, rooms, tried = collections.Counter(), collections.Counter(), collections.Counter()
    files = sys.argv[1:]
    kinds = ("export", "alias", "rename", "hide", "weaken", "import") if files else ("export",)
    try:
        linked.need("readelf", "llvm-readelf-19", "eu-elflint")
    except linked.Skipped as why:
        print(f"skip everything: {why}\n0 passed, 0 failed, 1 skipped")
        return
    with tempfile.TemporaryDirectory(prefix="linkname-images.") as work:
        loaders = Loaders(work)
        for path in files or libraries():
            with tempfile.TemporaryDirectory(dir=work) as folder:
                for verdict, what, why in cases(os.path.abspath(path), folder, loaders, kinds):
                    counts[verdict] += 1
                    if what in kinds:
                        tried[verdict] += 1
                    if (verdict, what) == ("pass", "export"):
                        rooms["".join("N" if c.isdigit() else c for c in why).replace("NN", "N")] += 1
                    if files or verdict in ("FAIL", "refused"):
                        print(verdict, f"{path}: {what}" + (": " + why.replace("\n", " ")[:600] if why else ""), flush=True)
    for where, count in rooms.most_common():
        print(f"{count} {where}")
    refused = tried["refused"]
    print(f"{refused} refused of {tried.total()}")
    print(f"{counts['pass']} passed, {counts['FAIL']} failed, {counts['skip']} skipped")
    sys.exit(1 if counts["FAIL"] or refused * 100 > tried.total() * 3 else 0)


if __name__ == "__main__":
    main()
