#!/usr/bin/env python3
"""Edits libraries and programs after their link, and loads them: every linker, hash table and layout, strippers and
patchelf behind the edit and before it, other machines and another C library.

    run.py                   a choice that takes about a minute
    run.py --full            every combination
    CASES='mold *' run.py    the cases whose name matches the pattern

Ends with a library and a module of the distribution. In every other case one library gets all the edits; what was there before is found at the same place and does the same.
"""

import concurrent.futures
import fnmatch
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
tool = os.path.abspath(os.environ.get("LINKNAME_TOOL", os.path.join(root, "build", "release", "bin", "linkname-tool")))
full = "--full" in sys.argv[1:]

version_script = """V1 { global: report; table; kept_pointer; concealed_pointer; twice; old_name; concealed; softened;
  weak_one; counter; words; zeros; per_thread; chosen; versioned; local: *; };
V2 { versioned; } V1;
"""
no_exports = "{ local: *; };\n"

linkers = ["bfd", "gold", "lld-14", "lld-19", "mold"]
hashes = ["gnu", "sysv", "both"]
forms = {
    "plain": [],
    "versions": ["-DWITH_VERSIONS", "-Wl,--version-script=versions"],
    "no-exports": ["-Wl,--version-script=none"],
    "emit-relocs": ["-Wl,--emit-relocs"],
    "relr": ["-Wl,-z,pack-relative-relocs"],
    "noseparate-code": ["-Wl,-z,noseparate-code"],
    "large-pages": ["-Wl,-z,max-page-size=65536"],
    "symbolic-now": ["-Wl,-Bsymbolic", "-Wl,-z,now"],
}
# What a linker does not know, or, as mold 1.10 with RELR, does so that glibc refuses it. (Of s390x, lld does not know
# that DT_HASH has words of 64 bits there; and musl 1.2.3 knows no RELR.)
impossible = {("gold", "relr"), ("gold", "noseparate-code"), ("lld-14", "relr"), ("mold", "relr")}
# Compiler, emulator, and what else the library is compiled with.
machines = {
    "aarch64": ("aarch64-linux-gnu", "qemu-aarch64", ["-DWITH_IFUNC"]),
    "arm": ("arm-linux-gnueabihf", "qemu-arm", ["-DWITH_IFUNC"]),
    "i686": ("i686-linux-gnu", "qemu-i386", ["-DWITH_IFUNC"]),
    "powerpc64le": ("powerpc64le-linux-gnu", "qemu-ppc64le", []),
    "riscv64": ("riscv64-linux-gnu", "qemu-riscv64", []),
    "s390x": ("s390x-linux-gnu", "qemu-s390x", ["-DWITH_IFUNC"]),
}
edits = ["--export", "secret", "--export", "kept", "--alias", "second=twice", "--rename", "toupper=tolower"]
for_exports = [*edits, "--rename", "old_name=new_name", "--hide", "concealed", "--weaken", "softened"]
for_none = [*edits, "--alias", "new_name=old_name",
            *(f"--export={name}" for name in ("report", "twice", "counter", "per_thread", "chosen"))]


class Failed(Exception):
    pass


class Skipped(Exception):
    pass


def run(*command, status=0, where=None, env=None, text=""):
    done = subprocess.run(command, cwd=where, input=text, capture_output=True, text=True, errors="replace", timeout=120,
                          env={**os.environ, "LC_ALL": "C", **(env or {})})
    if status is not None and done.returncode != status:
        said = (done.stderr + done.stdout).strip().splitlines()
        raise Failed(f"status {done.returncode} of {' '.join(command)}: {' '.join(said[:3])}")
    return done.stdout + (done.stderr if status is None else "")


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            raise Skipped(f"no {program}")


def equal(what, found, expected):
    if found != expected:
        raise Failed(f"{what}: {found}, not {expected}")


class Toolchain:
    """How a machine's programs are compiled, linked and started."""

    def __init__(self, machine, linker, work):
        self.linker = linker
        if machine == "x86_64":
            self.compiler, self.start, self.defines = ["gcc"], [], ["-DWITH_IFUNC"]
        elif machine == "musl":
            self.compiler, self.start, self.defines = ["musl-gcc"], [], []
        else:
            triple, emulator, self.defines = machines[machine]
            self.compiler = [triple + "-gcc"]
            self.start = [emulator, "-L", "/usr/" + triple]
        need(self.compiler[0], *self.start[:1])
        if linker.startswith("lld-"):
            folder = os.path.join(work, linker)
            need(linker.replace("lld", "ld.lld"))
            os.makedirs(folder, exist_ok=True)
            link = os.path.join(folder, "ld.lld")
            if not os.path.lexists(link):
                try:
                    os.symlink(shutil.which(linker.replace("lld", "ld.lld")), link)
                except FileExistsError:
                    pass
            self.link = ["-B" + folder, "-fuse-ld=lld"]
        else:
            need("ld.bfd" if linker == "bfd" else linker if linker == "mold" else "ld." + linker)
            self.link = ["-fuse-ld=" + linker]

    def compile(self, where, output, *words):
        source = [word if word.startswith("-") or "." not in word else os.path.join(here, word) for word in words]
        run(*self.compiler, "-O2", "-fno-builtin", "-fno-ipa-icf", *self.link, *source, "-o", output, where=where)


def symbols(path):
    """`.dynsym`'s defined ones as loaders see them: `{name: (value, type, binding)}`; of `name@V1` and `name@@V2` both."""
    found = {}
    for line in run("readelf", "-W", "--dyn-syms", path).splitlines():
        words = re.sub(r"\[<.*?>: \d+\]", "", line).split()
        if len(words) >= 8 and words[0].rstrip(":").isdigit() and words[6] != "UND" and words[4] != "LOCAL":
            found[words[7].replace("@@", "@")] = (int(words[1], 16), words[3], words[4])
    return found


def local_address(path, name):
    for line in run("nm", path).splitlines():
        words = line.split()
        if words[-1] == name:
            return int(words[0], 16)
    raise Failed(f"{path} has no {name}")


def second_opinions(path):
    """What others complain about."""
    need("eu-elflint", "readelf", "llvm-readelf-19")
    said = [line for line in run("eu-elflint", "--gnu-ld", path, status=None).splitlines() if line != "No errors"]
    for line in run("readelf", "-W", "-a", path, status=None).splitlines():
        if re.search("warning|error:", line, re.IGNORECASE):
            said.append("readelf" + line.partition(":")[2])
    for line in run("llvm-readelf-19", "-W", "--all", path, status=None).splitlines():
        if ("warning:" in line or "error:" in line) and "is not supported" not in line:
            said.append(line.replace(path, ""))
    # Which section, symbol or offset it is about may change, and what an edit adds may be as wrong as what is there.
    return {re.sub(r"0x[0-9a-f]+|\s*\d+|'[^']*'|\([a-z_]\w*\)", "*", line) for line in said}


class Library:
    """The library of one combination, and what a loader sees in it."""

    def __init__(self, chain, where, form, hash_style):
        self.chain, self.where, self.form = chain, where, form
        with open(os.path.join(where, "versions"), "w", encoding="ascii") as file:
            file.write(version_script)
        with open(os.path.join(where, "none"), "w", encoding="ascii") as file:
            file.write(no_exports)
        chain.compile(where, "probe", "probe.c", "-ldl")
        options = ["-Wl,--hash-style=" + hash_style, "-Wl,-soname,libedited.so"]
        base = ["-shared", "-fPIC", *chain.defines, "library.c"]
        self.old = os.path.join(where, "old.so")
        chain.compile(where, self.old, *options, *base, *forms[form])
        self.before = symbols(self.old)
        self.complaints = second_opinions(self.old)
        if form == "no-exports":
            equal("exports", [name for name in self.before if not name.startswith("_")], [])
            chain.compile(where, "same.so", *options, *base)
            self.report = self.probe(os.path.join(where, "same.so"), [])[0]
        else:
            self.report, self.places = self.probe(self.old, self.names())

    def names(self):
        return [name for name, (_, kind, _) in self.before.items() if kind != "TLS"]

    def probe(self, path, names):
        lines = run(*self.chain.start, "./probe", path, where=self.where, text="\n".join(names)).splitlines()
        return lines[0], dict(line.split() for line in lines[1:])

    def edit(self, path, output, *words):
        run(tool, "rewrite", path, "-o", output, *words)
        self.judge(output)

    def judge(self, path):
        run(tool, "check", path)
        more = second_opinions(path) - self.complaints
        if more:
            raise Failed(f"{os.path.basename(path)}: {' '.join(sorted(more)[:2])}")

    def edits(self):
        by_address = f"--export=by_address={hex(local_address(self.old, 'kept'))}:8"
        return [by_address, *(for_none if self.form == "no-exports" else for_exports)]

    def edited(self):
        """Everything at once, and looked at from all sides."""
        new = os.path.join(self.where, "new.so")
        self.edit(self.old, new, *self.edits())
        self.same_behaviour(new)
        again = os.path.join(self.where, "again.so")
        run(tool, "rewrite", self.old, "-o", again, *self.edits())
        with open(new, "rb") as one, open(again, "rb") as other:
            if one.read() != other.read():
                raise Failed("a second run gives other bytes")
        return new

    def same_behaviour(self, path, more=()):
        """The edits are there, and everything else is what it was."""
        names = ["secret", "kept", "second", "twice", "new_name", "by_address", "concealed", "old_name", *more]
        report, found = self.probe(path, [*names, *("!" + name for name in names if name not in ("concealed", "old_name"))])
        expected = self.report.split()
        expected[17] = "97" # tolower of what toupper was given
        equal("report", report.split(), expected)
        calls = {"!secret": "101", "!kept": "201", "!second": "2", "!twice": "2", "!new_name": "301", "!by_address": "201"}
        equal("calls", {name: found[name] for name in calls}, calls)
        for other, name in (("by_address", "kept"), ("second", "twice"), *((one, "twice") for one in more)):
            equal(other, found[other], found[name])
        equal("hidden and renamed", (found["concealed"], found["old_name"]), ("-", "-"))
        if self.form == "no-exports":
            return
        report, places = self.probe(path, self.names())
        gone = {"concealed", "old_name", "concealed@V1", "old_name@V1"}
        for name, place in self.places.items():
            equal(name, places[name], "-" if name in gone else place)
        soft = next(binding for name, (_, _, binding) in symbols(path).items() if name.startswith("softened"))
        equal("softened", soft, "WEAK")

    def used(self, path):
        """A program is linked with it, edited too, and run."""
        where = self.where
        shutil.copy(path, os.path.join(where, "libedited.so"))
        for name in ("counter", "per_thread"): # which the program shares
            if name not in {one.partition("@")[0] for one in symbols(path)}:
                raise Failed(f"{name} is not exported")
        self.chain.compile(where, "libstub.so", "-shared", "-fPIC", "-Wl,-soname,libstub.so", "stub.c")
        # PIC: a copy of a variable in the program would not be the one that the library, linked before, knows.
        for kind in ("-pie", "-no-pie"):
            self.chain.compile(where, "user", kind, "-fPIC", "user.c", "-L.", "-Wl,-rpath,$ORIGIN", "-Wl,--allow-shlib-undefined",
                               "-ledited", "-lstub", "-ldl")
            first = [*self.chain.start, "./user"]
            equal("program", run(*first, where=where).strip(), "101 201 301 2 -1 51 51 8 2000")
            self.complaints |= second_opinions(os.path.join(where, "user"))
            self.edit(os.path.join(where, "user"), os.path.join(where, "user.new"), "--rename", "wanted=twice",
                      "--export", "own")
            first[-1] = "./user.new"
            equal("edited program", run(*first, where=where).strip(), "101 201 301 2 2 51 51 8 2001")

    def treated(self, path):
        """By others, behind the edit; then edited once more."""
        treatments = {
            "strip": ["strip"],
            "llvm-strip": ["llvm-strip-19"],
            "eu-strip": ["eu-strip"],
            "objcopy": ["objcopy", "--strip-debug"],
            "soname": ["patchelf", "--set-soname", "lib-of-another-name.so.1"],
            "rpath": ["patchelf", "--set-rpath", "/" + "a-longer-path/" * 300],
        }
        for name, command in treatments.items():
            need(command[0])
            if command[0] == "patchelf" and self.form == "no-exports":
                continue  # docs/images.md, "What others do afterwards"
            copy = os.path.join(self.where, name + ".so")
            shutil.copy(path, copy)
            try:
                run(*command, copy)
                self.same_behaviour(copy)
                twice = os.path.join(self.where, name + "-edited.so")
                run(tool, "rewrite", copy, "-o", twice, "--alias", "third=twice")
                self.same_behaviour(twice, ["third"])
                if command[0] == "patchelf":  # before any edit
                    shutil.copy(self.old, copy)
                    run(*command, copy)
                    run(tool, "rewrite", copy, *self.edits())
                    self.same_behaviour(copy)
            except Failed as why:
                raise Failed(f"{name}: {why}") from None


ask_sqlite = """
import ctypes
sqlite = ctypes.CDLL("./libsqlite3.so.0")
database, rows = ctypes.c_void_p(), []
called = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(ctypes.c_char_p), ctypes.c_void_p)
one = called(lambda _, count, values, names: rows.append(values[0].decode()) or 0)
assert sqlite.open_of_ours(b":memory:", ctypes.byref(database)) == 0
query = b"create table t(a); insert into t values (40), (2); select sum(a) || upper('x') from t"
assert sqlite.sqlite3_exec(database, query, one, None, None) == 0
found = ctypes.CDLL(None).dlsym
found.restype, found.argtypes = ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_char_p)
print(rows, hasattr(sqlite, "sqlite3_sleep"), hasattr(sqlite, "sqlite3_open"))
base = min(int(line.split("-")[0], 16) for line in open("/proc/self/maps") if "libsqlite3.so.0" in line)
for name in open("names").read().split():
    print(name, (found(sqlite._handle, name.encode()) or base) - base)
"""


def sqlite(work):
    """The distribution's: it answers, and each of its functions is where it was."""
    where = tempfile.mkdtemp(dir=work)
    path = next((path for folder in ("/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib")
                 if os.path.exists(path := os.path.join(folder, "libsqlite3.so.0"))), None)
    if not path:
        raise Skipped("no libsqlite3.so.0")
    new = os.path.join(where, "libsqlite3.so.0")
    run(tool, "rewrite", path, "-o", new, "--rename", "sqlite3_open=open_of_ours", "--hide", "sqlite3_sleep")
    run(tool, "check", new)
    old = {name: value for name, (value, _, _) in symbols(path).items() if name not in ("sqlite3_open", "sqlite3_sleep")}
    with open(os.path.join(where, "names"), "w", encoding="ascii") as file:
        file.write("\n".join(old))
    said = run(sys.executable, "-c", ask_sqlite, where=where).splitlines()
    equal("answer", said[0], "['42X'] False False")
    equal("addresses", {line.split()[0]: int(line.split()[1]) for line in said[1:]}, old)
    if second_opinions(new) - second_opinions(path):
        raise Failed(f"{second_opinions(new) - second_opinions(path)}")


def python_module(work):
    """One that Python loads under another name, by the function that this name asks for."""
    where = tempfile.mkdtemp(dir=work)
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    path = next((path for name in ("_json", "_bisect", "_csv", "_ctypes") if os.path.exists(
        path := os.path.join(sysconfig.get_config_var("DESTSHARED"), name + suffix))), None)
    if not path:
        raise Skipped("no module of Python's in a file of its own")
    name = os.path.basename(path).removesuffix(suffix)
    run(tool, "rewrite", path, "-o", os.path.join(where, "edited" + suffix), "--alias", f"PyInit_edited=PyInit_{name}")
    same = f"import edited, {name}; print([n for n in dir(edited) if not n.startswith('__')] == " \
           f"[n for n in dir({name}) if not n.startswith('__')])"
    equal("module", run(sys.executable, "-c", same, where=where).strip(), "True")


def matrix():
    """Machine, linker, form, hash table, and whether others treat the result."""
    for linker in linkers:
        for number, form in enumerate(forms):
            if (linker, form) in impossible:
                continue
            for kind, hash_style in enumerate(hashes):
                one = (kind + number + linkers.index(linker)) % len(hashes) == 0
                yield "x86_64", linker, form, hash_style, one or full or hash_style != "both", one or full
    for machine in ["musl", *machines]:
        for linker in ["bfd", "lld-19"]:
            for number, form in enumerate(forms):
                for kind, hash_style in enumerate(hashes):
                    one = (linker, form, hash_style) in (("bfd", "plain", "both"), ("bfd", "versions", "gnu"),
                                                         ("lld-19", "no-exports", "gnu"), ("lld-19", "plain", "sysv"),
                                                         ("lld-19", "versions", "gnu"))
                    possible = (machine, linker) != ("s390x", "lld-19") or hash_style == "gnu"
                    if possible and (machine, form) != ("musl", "relr"):
                        yield machine, linker, form, hash_style, one or full, False


def case(work, machine, linker, form, hash_style, treated):
    where = tempfile.mkdtemp(dir=work)
    chain = Toolchain(machine, linker, work)
    try:
        library = Library(chain, where, form, hash_style)
    except Failed as why:
        raise Skipped(f"cannot be linked: {why}") from None
    new = library.edited()
    library.used(new)
    if treated:
        library.treated(new)
    shutil.rmtree(where)


def verdict(work, name, tried, *rest):
    try:
        tried(work, *rest)
        return f"pass {name}"
    except Failed as why:
        return f"FAIL {name}: {why}"
    except Skipped as why:
        return f"skip {name}: {why}"
    except (OSError, subprocess.SubprocessError, ValueError, IndexError, StopIteration) as why:
        return f"FAIL {name}: {type(why).__name__}: {why}"


def main():
    pattern = os.environ.get("CASES", "*")
    counts = {"pass": 0, "FAIL": 0, "skip": 0}
    with tempfile.TemporaryDirectory(prefix="linkname-images.") as work, \
         concurrent.futures.ThreadPoolExecutor(2) as workers:
        waiting = []
        for machine, linker, form, hash_style, wanted, treated in matrix():
            name = f"{machine} {linker} {form} {hash_style}"
            if wanted and fnmatch.fnmatch(name, pattern):
                waiting.append(workers.submit(verdict, work, name, case, machine, linker, form, hash_style, treated))
        for name, tried in (("sqlite", sqlite), ("python module", python_module)):
            if fnmatch.fnmatch(name, pattern):
                waiting.append(workers.submit(verdict, work, name, tried))
        for one in waiting:
            line = one.result()
            counts[line.split()[0]] += 1
            print(line, flush=True)
    print(f"{counts['pass']} passed, {counts['FAIL']} failed, {counts['skip']} skipped")
    return counts["FAIL"] != 0


if __name__ == "__main__":
    sys.exit(main())
