#!/usr/bin/env python3
"""Rewrites the Windows images that this machine has: the libraries of mingw's compilers, and wine's own.

For each: an empty plan gives back the same bytes; `check` finds nothing, or what the reader here finds as well; and after
each of some edits (a second name for an export, an address exported, an export or an import renamed, a name hidden; of signed
images, only with --strip-signature) nothing else is lost or has moved. What came out is read here (tests/support/pe_image.py),
by GNU objdump and by LLVM's readobj, and osslsigncode, where there is one, says whether the checksum is right and the signature
gone: not linkname's own code. One line per folder, failure and reason of a refusal, then `N passed, N failed, N skipped`.
Files that are named are also loaded by wine, where it can load them: names are where they were, and a new one where it should be.

    LINKNAME_TOOL=...   the tool (build/release/bin/linkname-tool)
    MOST=N              images of one folder at most, spread over it (all)
    JOBS=N              images at a time (2)
    pe.py FILE...       those files instead; with those of packages.py, for one
"""

import collections
import concurrent.futures
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
sys.dont_write_bytecode = True  # nothing is left in the tree
sys.path.insert(0, os.path.join(root, "tests", "support"))
import pe_image  # noqa: E402

tool = os.environ.get("LINKNAME_TOOL", os.path.join(root, "build/release/bin/linkname-tool"))
most = int(os.environ.get("MOST", "1000000"))
folders = ["/usr/lib/gcc/*-w64-mingw32/*", "/usr/*-w64-mingw32/lib", "/usr/lib/x86_64-linux-gnu/wine/*-windows"]
endings = (".dll", ".exe", ".drv", ".sys", ".ocx", ".cpl", ".acm", ".ax", ".tlb", ".com", ".ds")
new = "linkname_identity"
refusals = collections.Counter()
by_wine = collections.Counter()


def ask(*command):
    return subprocess.run(command, capture_output=True, text=True, errors="replace")


def run(*arguments):
    return ask(tool, *arguments)


def plain(name):
    """Whether the command line takes the name for nothing but itself."""
    return name.isascii() and name.decode().isprintable() and not set(name) & set(b"*?[:@#( =")


def edits(image):
    """Options, the names that they are about, and a name that must be in the table of exports behind them."""
    counts = collections.Counter(name for name, _ in image.names)
    counts.update(name for _, names in image.imports for name in names if isinstance(name, bytes))
    once = [name.decode() for name, _ in image.names if plain(name) and counts[name] == 1]
    if once:
        first, last = once[0], once[-1]
        yield ["--alias", f"{new}={first}"], [new], new
        yield ["--rename", f"{last}={new}"], [new, last], new
        yield ["--hide", first], [first], None
    imports = [name.decode() for _, names in image.imports for name in names
               if isinstance(name, bytes) and plain(name) and counts[name] == 1]
    if imports:
        yield ["--rename", f"{imports[-1]}={new}"], [new, imports[-1]], None
        yield ["--rename", f"{imports[0]}=i"], ["i", imports[0]], None
    code = next((section for section in image.sections if section[9] & 0x20000000), None)
    if code:
        yield ["--export", f"{new}={image.base + code[2]:#x}"], [new], new
        long = new + "x" * 5000
        yield ["--export", f"{long}={image.base + code[2]:#x}"], [long], None


class Loader:
    """A program that wine runs, which loads libraries of x86-64 and says where names are."""

    needed = ("wine", "wineserver", "x86_64-w64-mingw32-gcc")

    def __init__(self, work):
        self.program = os.path.join(work, "call.exe")
        self.environment = {**os.environ, "WINEPREFIX": os.path.join(work, "wine")}
        source = os.path.join(root, "tests/cases/coff/image/Inputs/call.c")
        subprocess.run(["x86_64-w64-mingw32-gcc", "-O1", source, "-o", self.program], check=True)

    def places(self, path, names, where):
        """`NAME: at OFFSET`, a line each; None when the library does not load. Its own libraries are in the folder `where`."""
        words = [os.path.abspath(path), *(name + "?" for name in names)]
        script = os.path.join(root, "tests/support/wine-run")
        done = subprocess.run([script, self.program, *words], cwd=where, env=self.environment, capture_output=True, text=True,
                              errors="replace")
        return done.stdout.splitlines() if done.returncode == 0 else None

    def end(self):
        """Wine's services go on for a while, and write into its folder."""
        for option in ("-k", "-w"):
            subprocess.run(["wineserver", option], env=self.environment, capture_output=True)


def elsewhere(loader, before, after, path, output, changed, exported):
    """What a loader finds elsewhere than before, or not where the new table says, in words; None when nothing is."""
    if loader is None or not exported or after.machine != 0x8664 or not after.flags & 0x2000:
        return None
    kept = [name.decode() for name, _ in before.names if plain(name) and len(name) < 40 and name.decode() not in changed]
    kept = kept[::len(kept) // 100 + 1]
    slot = next(after.slots[slot] for name, slot in after.names if name == exported.encode())
    found = loader.places(path, kept, os.path.dirname(path) or ".")
    by_wine["that do not load even before" if found is None else "loaded"] += 1
    if found is None or not isinstance(slot, int):
        return None
    found_after = loader.places(output, [*kept, exported], os.path.dirname(path) or ".")
    if found_after != [*found, f"{exported}: at {slot:x}"]:
        return f"wine: {(found_after or ['does not load any more'])[-1:]}, not {exported}: at {slot:x}"
    return None


def second_opinions(before, after, output, exported):
    """What tools that are not ours find wrong with the image `after` in the file `output`; None when nothing is. Neither it
    nor `before` is signed, or it is no more."""
    if after.directories[pe_image.CERTIFICATES][1]:
        return "there is a certificate"
    if exported and after.machine in (0x8664, 0x14C):
        listed = ask("x86_64-w64-mingw32-objdump", "-p", output)
        if listed.returncode != 0 or exported not in listed.stdout:
            return "objdump does not list it"
    listed = ask("llvm-readobj-19", "--file-headers", "--sections", "--coff-exports", "--coff-imports", output)
    if listed.returncode != 0 or "warning:" in listed.stderr:
        return f"llvm-readobj: {listed.stderr.strip()[:200]}"
    # Of each slot it lists one name.
    slots = collections.defaultdict(set)
    for name, slot in after.names:
        slots[slot + after.ordinal_base].add(name.decode(errors="replace"))
    found = {int(slot): name for slot, name in re.findall(r"^  Ordinal: (\d+)\n  Name: (.*)$", listed.stdout, re.MULTILINE)}
    if {slot for slot, name in found.items() if name} != set(slots) or any(found[slot] not in slots[slot] for slot in slots):
        return "llvm-readobj lists other exports"
    names = [name.decode(errors="replace") if isinstance(name, bytes) else "" for _, names in after.imports for name in names]
    if re.findall(r"^ +Symbol: (.*) \(\d+\)$", listed.stdout, re.MULTILINE) != names:
        return "llvm-readobj lists other imports"
    if shutil.which("osslsigncode"):
        said = ask("osslsigncode", "verify", output)
        said = said.stdout + said.stderr
        if "PE checksum" not in said or "No signature found" not in said:
            return f"osslsigncode: {said[:200]}"
        # It leaves out the last byte of an odd number of them, and then says no to what GNU ld has summed up as well.
        right = before.checksum and before.checksum == before.computed_checksum() and len(after.data) % 2 == 0
        if right and "invalid PE checksum" in said:
            return "osslsigncode: the checksum is wrong"
    return None


def wrong(path, folder, loader):
    """What goes wrong with one image, in words; None when all is as it should be."""
    output = os.path.join(folder, str(abs(hash(path))) + ".dll")  # without a suffix loaders look for another file
    with open(path, "rb") as file:
        data = file.read()
    try:
        before = pe_image.Image(data)
        done = run("rewrite", path, "-o", output)
        if done.returncode != 0:
            return f"empty plan: status {done.returncode}: {done.stderr.strip()}"
        with open(output, "rb") as file:
            if file.read() != data:
                return "empty plan: other bytes"
        checked = run("check", path)
        if (checked.returncode != 0) != bool(list(before.disorder())):
            return f"check: status {checked.returncode}, {checked.stdout.strip()[:300]}, here {list(before.disorder())}"
        signed = before.directories[pe_image.CERTIFICATES][1] != 0
        for options, names, exported in edits(before):
            if signed:
                if run("rewrite", path, "-o", output, *options).returncode != 1:
                    return f"{' '.join(options)[:200]}: is signed, and changed all the same"
                options = [*options, "--strip-signature"]
            done = run("rewrite", path, "-o", output, *options)
            if done.returncode == 1:
                refusals[done.stderr.strip().split("error: ")[-1].split(": ", 1)[-1][:160]] += 1
                continue
            if done.returncode != 0:
                return f"{' '.join(options)[:200]}: status {done.returncode}: {done.stderr.strip()[:500]}"
            with open(output, "rb") as file:
                after = pe_image.Image(file.read())
            bad = pe_image.difference(before, after, names)
            if bad:
                return f"{' '.join(options)[:200]}: {bad}"
            if exported and exported.encode() not in [name for name, _ in after.names]:
                return f"{' '.join(options)[:200]}: is not exported"
            bad = second_opinions(before, after, output, exported) or \
                elsewhere(loader, before, after, path, output, names, exported)
            if bad:
                return f"{' '.join(options)[:200]}: {bad}"
        return None
    except Exception as error:  # a reader that stumbles is a failure like any other
        return f"{type(error).__name__}: {error}"
    finally:
        if os.path.exists(output):
            os.unlink(output)


def main():
    passed = failed = 0
    for program in ("x86_64-w64-mingw32-objdump", "llvm-readobj-19"):
        if not shutil.which(program):
            print(f"skip everything: no {program}\n0 passed, 0 failed, 1 skipped")
            return 0
    groups = {"the command line": sys.argv[1:]} if sys.argv[1:] else {
        folder: [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(endings)]
        for pattern in folders for folder in sorted(glob.glob(pattern))
    }
    with tempfile.TemporaryDirectory() as work, concurrent.futures.ThreadPoolExecutor(
            int(os.environ.get("JOBS", "2"))) as pool:
        loader = Loader(work) if sys.argv[1:] and all(map(shutil.which, Loader.needed)) else None
        for folder, paths in groups.items():
            paths = paths[::max(1, -(-len(paths) // most))]
            if not paths:
                continue
            results = list(pool.map(lambda path: wrong(path, work, loader), paths))
            bad = [(path, result) for path, result in zip(paths, results) if result]
            passed += len(paths) - len(bad)
            failed += len(bad)
            for path, result in bad:
                print(f"FAIL {path}: {result}")
            print(f"{'FAIL' if bad else 'pass'} {folder}: {len(paths)} images", flush=True)
        if loader:
            loader.end()
    for verdict, count in by_wine.most_common():
        print(f"wine: {count} edits {verdict}")
    for reason, count in refusals.most_common():
        print(f"refused {count} edits: {reason}")
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
