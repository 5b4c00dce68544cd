#!/usr/bin/env python3
"""Rewrites the archives that this machine has: C libraries, LLVM's, mingw's, compilers' own, whatever is under /usr/lib.

For each: an empty plan gives back the same bytes; with one name changed, only members that speak of it differ, and every
index says what it said but for the name (tests/support/archives.py, which shares nothing with the tool); with the name
changed back, everything but the padding of those members is as it was. One line per folder and per failure.

    archives.py [FILE...]                        these archives and universal files instead
    archives.py --npm react-native-libsodium     those of an npm package, which is fetched: by hand, for universal ones

    LINKNAME_TOOL=...   the tool (build/release/bin/linkname-tool)
    EVERY=N             of the archives of one folder every Nth alone (4); there are thousands of mingw's
    JOBS=N              archives at a time (2)
"""

import collections
import concurrent.futures
import glob
import os
import subprocess
import sys
import tempfile

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(root, "tests/support"))
import archives  # noqa: E402

tool = os.path.abspath(os.environ.get("LINKNAME_TOOL", os.path.join(root, "build/release/bin/linkname-tool")))
patterns = ["/usr/lib", "/usr/*-linux-gnu*/lib", "/usr/*-w64-mingw32/lib"]
# Longer than what it replaces, and of few letters, so that it occurs nowhere.
new_name = "linkname_identity_of_an_archive_zzzzzzzz"
os.environ["BARE"] = "1"


def read(path):
    with open(path, "rb") as file:
        return file.read()


def run(*arguments):
    done = subprocess.run([tool, "rewrite", *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip()


def name_to_change(data):
    """A plain name that one member alone defines, from the middle of the index; in a universal file, of the first slice."""
    if archives.is_universal(data):
        inside = [data[offset:offset + size] for _, _, offset, size, _ in archives.rows(data)]
        return name_to_change(inside[0]) if inside else None
    if not archives.is_archive(data):
        return None
    members = archives.members(data)
    table = next((one for one in members if one.role in archives.indices), None)
    if table is None:
        return None
    entries, _ = archives.index(table, members)
    times = collections.Counter(name for name, _ in entries)
    plain = [name for name, _ in entries if times[name] == 1 and len(name) > 6 and name.isascii() and
             not set(name) & set(b"*?[:@#( $=.") and not name.startswith((b"__imp_", b"__IMPORT", b"__NULL"))
             # In import libraries every member speaks of these.
             and b"_head" not in name and not name.endswith(b"_iname")]
    return plain[len(plain) // 2].decode() if plain else None


def same_but_for_padding(old, new, place=""):
    """Everything but zeros at the end of what was changed and changed back, and what follows from them."""
    for one, other in zip(archives.members(old), archives.members(new)):
        if one.role not in archives.indices and one.contents != other.contents:
            if archives.is_archive(one.contents):
                same_but_for_padding(one.contents, other.contents, place)
            elif archives.defined(one.contents) != archives.defined(other.contents):
                raise archives.Wrong(f"{place}({one.name.decode()}): other names")
    for one, other in zip(archives.members(old), archives.members(new)):
        if one.role in archives.indices and (archives.index(one, archives.members(old)) !=
                                             archives.index(other, archives.members(new))):
            raise archives.Wrong(f"{place}: another index")


def wrong(path, number, folder):
    """What goes wrong with one archive, in words; and whether there and back was the same file."""
    data = read(path)
    output, back = (os.path.join(folder, f"{number}.{kind}") for kind in ("new", "back"))
    try:
        code, said = run(path, "-o", output)
        if code != 0:
            return f"empty plan: status {code}: {said}", False
        if read(output) != data:
            return "empty plan: other bytes", False
        name = name_to_change(data)
        if name is None:
            return None, True
        code, said = run(path, "-o", output, "--rename", f"{name}={new_name}")
        if code == 1 and ("link-time" in said or "import library" in said):
            return None, True
        if code != 0:
            return f"--rename {name}: status {code}: {said}", False
        if not list(archives.compare(data, read(output))):
            return f"--rename {name}: nothing has changed", False
        code, said = run(output, "-o", back, "--rename", f"{new_name}={name}")
        if code != 0:
            return f"and back, {name}: status {code}: {said}", False
        there_and_back = read(back)
        if there_and_back == data:
            return None, True
        list(archives.compare(data, there_and_back))
        if archives.is_archive(data):
            same_but_for_padding(data, there_and_back)
        return None, False
    except archives.Wrong as why:
        return str(why), False
    finally:
        for leftover in (output, back):
            if os.path.exists(leftover):
                os.unlink(leftover)


def from_npm(package, folder):
    subprocess.run(["npm", "pack", "--silent", "--pack-destination", folder, package], check=True, stdout=subprocess.DEVNULL)
    # What is built for phones is often packed once more.
    for _ in range(2):
        for packed in glob.glob(os.path.join(folder, "**/*.tgz"), recursive=True):
            subprocess.run(["tar", "-xzf", packed, "-C", os.path.dirname(packed)], check=True)
            os.unlink(packed)
    return sorted(glob.glob(os.path.join(folder, "**/*.a"), recursive=True))


def found():
    # Not by glob's `**`, which follows links, and LLVM's folders link to themselves.
    paths = {os.path.realpath(os.path.join(folder, name)) for pattern in patterns for top in glob.glob(pattern)
             for folder, _, names in os.walk(top) for name in names if name.endswith(".a")}
    folders = collections.defaultdict(list)
    for path in sorted(paths):
        if not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            # A thin one elsewhere names its members from there: tests/cases/archive/thin.c.
            if file.read(8) == b"!<arch>\n":
                folders[os.path.dirname(path)].append(path)
    every = int(os.environ.get("EVERY", "4"))
    return {folder: paths[::every] for folder, paths in folders.items()}


def main():
    passed = failed = number = same = 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(
            int(os.environ.get("JOBS", "2"))) as pool:
        if sys.argv[1:2] == ["--npm"]:
            sources = {sys.argv[2]: from_npm(sys.argv[2], folder)}
        else:
            sources = {"the command line": sys.argv[1:]} if sys.argv[1:] else found()
        for source, paths in sources.items():
            numbers = range(number, number + len(paths))
            number += len(paths)
            verdicts = list(pool.map(lambda one: wrong(one[0], one[1], folder), zip(paths, numbers)))
            bad = [(path, problem) for path, (problem, _) in zip(paths, verdicts) if problem]
            passed += len(paths) - len(bad)
            failed += len(bad)
            same += sum(identical for _, identical in verdicts)
            for path, problem in bad:
                print(f"FAIL {path}: {problem}")
            print(f"{'FAIL' if bad else 'pass'} {source}: {len(paths)} archives", flush=True)
    print(f"there and back the same bytes, or nothing to change: {same}")
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
