#!/usr/bin/env python3
"""Edits the linked images in packages of the npm registry: what many linkers, languages and strips have made for Linux,
Android, FreeBSD, macOS, iOS and Windows.

Packages are fetched (286 MB) unless PACKAGES names a folder that has them, so this is run by hand. Their images are laid out
as if installed, in `node_modules`, and handed on: ELF to images.py, Mach-O to macho_images.py, PE to pe.py, which say what
is asked of each. Then a line per format, and `N passed, N failed, N skipped` for all.

    LINKNAME_TOOL=...   the tool (build/release/bin/linkname-tool)
    PACKAGES=FOLDER     where `npm pack` has put, or shall put, the packages; others in there are tried too
    JOBS=N              images at a time (2), but of ELF ones one
"""

import glob
import hashlib
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
tool = os.path.abspath(os.environ.get("LINKNAME_TOOL", os.path.join(root, "build/release/bin/linkname-tool")))
least = 4096

# Each with its version, and with the parts of the name that stand for one system each.
packages = {
    "fsevents@2.3.3": [""],
    "sodium-native@5.1.0": [""],
    "classic-level@3.0.0": [""],
    "node-pty@1.1.0": [""],
    "bufferutil@4.1.0": [""],
    # The older one has macOS for Intel, and other compilers behind it.
    "onnxruntime-node@1.17.0": [""],
    "onnxruntime-node@1.30.0": [""],
    "@rollup/rollup-*@4.67.4": ["darwin-arm64", "darwin-x64", "win32-arm64-msvc", "win32-ia32-msvc", "win32-x64-msvc",
                                "linux-arm64-gnu", "linux-x64-gnu", "linux-x64-musl"],
    "@img/sharp-libvips-*@1.3.4": ["darwin-arm64", "darwin-x64", "linux-arm", "linux-arm64", "linux-x64", "linuxmusl-x64"],
    "@img/sharp-*@0.35.5": ["darwin-arm64", "win32-ia32", "win32-x64", "linux-x64"],
    "@esbuild/*@0.28.2": ["darwin-arm64", "win32-x64"],
    "@swc/core-*@1.16.18": ["darwin-arm64"],
    "lightningcss-*@1.33.0": ["darwin-arm64", "darwin-x64", "win32-arm64-msvc", "win32-x64-msvc", "freebsd-x64",
                              "linux-arm-gnueabihf", "linux-arm64-gnu", "linux-arm64-musl", "linux-x64-gnu", "linux-x64-musl"],
}
checkers = {"ELF": "images.py", "Mach-O": "macho_images.py", "PE": "pe.py"}


def fetch(folder):
    """Whether all packages are in the folder now."""
    os.makedirs(folder, exist_ok=True)
    for package in (pattern.replace("*", part) for pattern, parts in packages.items() for part in parts):
        name, _, version = package.rpartition("@")
        if os.path.exists(os.path.join(folder, f"{name.lstrip('@').replace('/', '-')}-{version}.tgz")):
            continue
        if not shutil.which("npm"):
            return False
        subprocess.run(["npm", "pack", "--silent", "--pack-destination", folder, package], check=True,
                       stdout=subprocess.DEVNULL)
    return True


def format_of(head):
    """Of an image that is loaded or run; None for all else, objects and Java's classes too."""
    if head[:4] == b"\x7fELF":
        return "ELF" if head[16:18] == b"\x03\x00" else None
    if head[:4] in (b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"):
        return "Mach-O" if head[12] in (2, 6, 8) else None
    if head[:4] == b"\xca\xfe\xba\xbe":
        return "Mach-O" if 0 < head[7] < 20 else None
    if head[:2] == b"MZ":
        at = struct.unpack_from("<I", head, 0x3C)[0]
        return "PE" if head[at:at + 4] == b"PE\0\0" else None
    return None


def unpack(archive, work):
    """Puts a package's images where an installation would; (format, path, SHA-256) of each."""
    with tarfile.open(archive) as package:
        top = package.getnames()[0].split("/")[0]
        name = json.load(package.extractfile(top + "/package.json"))["name"]
        place = os.path.join("node_modules", name)
        if os.path.exists(os.path.join(work, place)):  # another version
            place = os.path.join("node_modules", os.path.basename(archive)[:-4])
        for member in package:
            if not member.isfile() or member.size < least:
                continue
            contents = package.extractfile(member)
            kind = format_of(contents.read(least))
            path = os.path.normpath(os.path.join(place, member.name.partition("/")[2]))
            if kind is None or not path.startswith(place + os.sep):
                continue
            os.makedirs(os.path.dirname(os.path.join(work, path)), exist_ok=True)
            contents.seek(0)
            with open(os.path.join(work, path), "wb+") as file:
                shutil.copyfileobj(contents, file)
                file.seek(0)
                yield kind, path, hashlib.file_digest(file, "sha256").digest()


def judged(kind, paths, work):
    """Lets the checker of a format loose on its images and says what it says: how many passed, failed and were skipped."""
    command = [sys.executable, os.path.join(here, checkers[kind]), *paths]
    checker = subprocess.Popen(command, cwd=work, stdout=subprocess.PIPE, text=True, errors="replace",
                               env={**os.environ, "LINKNAME_TOOL": tool})
    counted = None
    for line in checker.stdout:
        found = re.fullmatch(r"(\d+) passed, (\d+) failed, (\d+) skipped\n", line)
        counted = [int(number) for number in found.groups()] if found else counted
        if not found:
            print(line, end="", flush=True)
    failed = checker.wait() != 0
    if counted is None or failed and counted[1] == 0:
        print(f"FAIL {checkers[kind]}: status {checker.returncode}")
        counted = [(counted or [0, 0, 0])[0], 1, (counted or [0, 0, 0])[2]]
    return counted


def main():
    with tempfile.TemporaryDirectory(prefix="linkname-packages.") as work:
        folder = os.environ.get("PACKAGES") or os.path.join(work, "packages")
        if not fetch(folder):
            print("skip everything: a package is missing, and there is no npm\n0 passed, 0 failed, 1 skipped")
            return 1
        images, sources, seen = {kind: [] for kind in checkers}, {kind: set() for kind in checkers}, set()
        for archive in sorted(glob.glob(os.path.join(glob.escape(folder), "*.tgz"))):
            for kind, path, digest in unpack(archive, work):
                sources[kind].add(archive)
                if digest not in seen:
                    images[kind].append(path)
                seen.add(digest)
        total, lines = [0, 0, 0], []
        for kind, paths in images.items():
            counted = judged(kind, paths, work) if paths else [0, 0, 1]
            total = [one + other for one, other in zip(total, counted)]
            lines.append(f"{kind}: {len(paths)} images of {len(sources[kind])} packages: "
                         f"{counted[0]} passed, {counted[1]} failed, {counted[2]} skipped")
    print("\n".join(lines))
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    return 1 if total[1] or not total[0] else 0


if __name__ == "__main__":
    sys.exit(main())
