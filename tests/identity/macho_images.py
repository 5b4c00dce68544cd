#!/usr/bin/env python3
"""Edits linked images for macOS: libraries, bundles and programs, alone and in universal files; those of packages.py.

For each image: an empty plan gives back the same bytes; and after each kind of edit that it has a symbol for, it offers and asks
for what it did before and what was asked for, and every table and every page's hash is right. tests/support/macho_images.py
and LLVM's tools say so, which share nothing with the tool. One line a case, then `N passed, N failed, N skipped`.

    macho_images.py FILE...

    LINKNAME_TOOL=...   the tool (build/release/bin/linkname-tool)
    JOBS=N              images at a time (2)
    EACH=1              says for each image what `check` finds in it
"""

import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
tool = os.environ.get("LINKNAME_TOOL", os.path.join(root, "build/release/bin/linkname-tool"))
reader = os.path.join(root, "tests/support/macho_images.py")
sys.path.insert(0, os.path.dirname(reader))
import macho_images  # noqa: E402

counts = {"pass": 0, "FAIL": 0, "skip": 0}


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, errors="surrogateescape")
    return done.returncode, done.stdout + done.stderr


def last_line(text):
    return (text.strip().splitlines() or [""])[-1]


def private_function(image):
    """The address of one that no name leads to from outside, by LC_FUNCTION_STARTS; None where that has none."""
    table, at, address, found = image.bytes_of("data-0x26"), 0, image.base, []
    exported = {value.split()[0] for value in image.exports().values()}
    while at < len(table) and table[at]:
        step, at = macho_images.uleb(table, at)
        address += step
        found += [hex(address)] if hex(address) not in exported else []
    return found[len(found) // 2] if found else None


def edits(slices):
    """(name, options) of each kind, on symbols that all slices have."""
    locals_, exports, imports = None, None, None
    for _, _, data in slices:
        image = macho_images.Image(data)
        names = {}
        for name, kind, value in image.symbols():
            if kind & 0xE0 == 0 and kind & 1 == 0 and kind & 0xE == 0xE and name[:1] == "_":
                names[name] = names.get(name, 0) + 1
        offered = image.exports()
        own = {name for name, count in names.items() if count == 1 and "$tlv$init" not in name and name not in offered}
        asked = {name for name, ordinal in image.imports().items() if name not in offered}
        bound = set(image.imports())
        fits = {name for name in offered if name not in bound}
        locals_ = own if locals_ is None else locals_ & own
        exports = fits if exports is None else exports & fits
        imports = asked if imports is None else imports & asked
    middle = lambda names: sorted(names)[len(names) // 2]  # noqa: E731
    if locals_:
        yield "export", ["--export", middle(locals_), "--unsafe", middle(locals_)], middle(locals_)
    address = private_function(macho_images.Image(slices[0][2])) if len(slices) == 1 else None
    if address:
        yield "address", ["--export", "_linkname_by_address=" + address], "_linkname_by_address"
    if exports:
        yield "alias", ["--alias", "_linkname_was_here=" + middle(exports)], "_linkname_was_here"
        yield "rename", ["--rename", middle(exports) + "=_a"], "_a"
        yield "hide", ["--hide", middle(exports)], middle(exports)
    if imports:
        yield "import", ["--rename", middle(imports) + "=_linkname_asks_for_this"], "_linkname_asks_for_this"


def wrong_in(kind, options, name, path, new):
    """What is wrong with the image at `new` after the edit of the one at `path`; nothing where it is right."""
    code, said = run(tool, "rewrite", path, "-o", new, "--resign", *options)
    if code != 0:
        return f"status {code}: {last_line(said)}"
    code, said = run(sys.executable, reader, path, new)
    if code != 0:
        return said
    lines = [line for line in said.splitlines() if " symbol " not in " " + line]
    expected = {"export": 1, "address": 1, "alias": 1, "rename": 2, "hide": 1, "import": 2}[kind]
    with open(new, "rb") as file:
        slices = macho_images.slices(file.read())
    if len(lines) != expected * len(slices) or not all(kind == "import" or " export " in " " + line for line in lines) or \
            not any(line.endswith(name) or f" {name} " in line for line in lines):
        return "other differences: " + "; ".join(lines[:4])
    tables = ["--bind", "--lazy-bind", "--weak-bind", "--dyld-info"] if kind == "import" else ["--exports-trie"]
    code, said = run("llvm-objdump-19", "--macho", "--arch", "all", "--indirect-symbols", "--private-headers", new)
    if code != 0:
        return said
    code, said = run("llvm-objdump-19", "--macho", "--arch", "all", *tables, new)
    listed = len(re.findall(rf" {re.escape(name)}(?= |$)", said, re.MULTILINE))
    if code != 0 or listed < len(slices) and kind != "hide" or listed and kind == "hide":
        return f"llvm-objdump lists {name} {listed} times"
    code, said = run("llvm-nm-19", "-m", new)
    if code != 0:
        return said
    code, said = run(tool, "check", new)
    errors = [line for line in said.splitlines() if line.startswith("error: ")]
    return errors[0] if errors else ""


def one(path, new):
    """(verdict, label, text) of every case of one image; what comes out of each stands at `new`."""
    results = []
    code, said = run(tool, "rewrite", path, "-o", new)
    with open(path, "rb") as file:
        data = file.read()
    same = code == 0 and os.path.exists(new) and open(new, "rb").read() == data
    results.append(("pass" if same else "FAIL", path + ": empty plan", "" if same else last_line(said)))
    _, said = run(tool, "check", path)
    if os.environ.get("EACH"):
        for line in said.splitlines():
            print("    " + line.replace(path, os.path.basename(path))[:240])
    try:
        for kind, options, name in edits(macho_images.slices(data)):
            wrong = wrong_in(kind, options, name, path, new)
            results.append(("FAIL" if wrong else "pass", f"{path}: {kind}", wrong))
    except (macho_images.Wrong, IndexError, ValueError) as error:
        results.append(("skip", path, f"the second reader cannot read it: {error}"))
    if os.path.exists(new):
        os.unlink(new)
    return results


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: macho_images.py FILE...")
    for program in ("llvm-objdump-19", "llvm-nm-19"):
        if not shutil.which(program):
            counts["skip"] += 1
            print(f"skip everything: no {program}")
            break
    else:
        with tempfile.TemporaryDirectory() as work, concurrent.futures.ThreadPoolExecutor(
                int(os.environ.get("JOBS", "2"))) as pool:
            todo = [pool.submit(one, path, os.path.join(work, str(i))) for i, path in enumerate(sys.argv[1:])]
            for done in todo:
                for verdict, label, text in done.result():
                    counts[verdict] += 1
                    print(verdict, label + (": " + last_line(text) if text else ""), flush=True)
    print(f"{counts['pass']} passed, {counts['FAIL']} failed, {counts['skip']} skipped")
    return 1 if counts["FAIL"] else 0


if __name__ == "__main__":
    sys.exit(main())
