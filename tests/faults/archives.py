#!/usr/bin/env python3
"""Damaged and hostile archives and universal files: cut at every byte, tables that point to themselves, each other and
nowhere, sizes and names that are none. Whatever is wrong is told with status 3, and the file is as it was.

    LINKNAME_TOOL=...   the tool (build/release/bin/linkname-tool); sanitized builds work too
    JOBS=N              archives to cut at a time (2)

One line a case, then `N passed, N failed, N skipped`.
"""

import concurrent.futures
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(root, "tests/support"))
import archives  # noqa: E402
from make_archive import archive, index_of, member, thin as thin_archive  # noqa: E402

tool = os.path.abspath(os.environ.get("LINKNAME_TOOL", os.path.join(root, "build/release/bin/linkname-tool")))
request = ["--rename", "first=a_name_that_is_a_lot_longer_than_the_old_one"]
counts = {"pass": 0, "FAIL": 0, "skip": 0}
os.environ["BARE"] = "1"


def report(name, problem=""):
    verdict = "FAIL" if problem else "pass"
    counts[verdict] += 1
    print(verdict, name + (": " + problem if problem else ""), flush=True)


def rewrite(data):
    """The status and what is in the file afterwards."""
    with open("x.a", "wb") as file:
        file.write(data)
    done = subprocess.run([tool, "rewrite", "x.a", *request], capture_output=True, text=True, check=False)
    with open("x.a", "rb") as file:
        after = file.read()
    left = [name for name in os.listdir(".") if ".linkname-" in name]
    return done.returncode, done.stderr, after, left


def refused(name, data, statuses=(3,)):
    status, said, after, left = rewrite(data)
    problem = ""
    if status not in statuses:
        problem = f"status {status}: {said.strip()}"
    elif after != data:
        problem = "refused, and the file has changed"
    elif not said.startswith("error: x.a"):
        problem = f"no place: {said.strip()}"
    elif left:
        problem = f"left behind: {left}"
    report(name, problem)


def borders(data):
    """Where a shorter archive could end: the lengths at which one is whole again."""
    if not archives.is_archive(data):
        return set()
    return {len(data)} | {one.header for one in archives.members(data)} | {
        one.data + len(one.contents) for one in archives.members(data)}


def cut(name, data, step=1):
    """Every so many bytes an end of the file, in a folder of its own: name and problem."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        return name, wrong_where_cut(data, step)


def wrong_where_cut(data, step):
    whole = borders(data)
    refusals = 0
    for length in range(8, len(data), step):
        status, said, after, left = rewrite(data[:length])
        if status == 0:
            if length not in whole:
                return f"{length} of {len(data)} bytes are taken for whole"
            try:
                list(archives.compare(data[:length], after))
            except archives.Wrong as wrong:
                return f"{length} of {len(data)} bytes: {wrong}"
            continue
        refusals += 1
        if status != (1 if length in whole and status == 1 else 3) or not said.startswith("error: "):
            return f"{length} of {len(data)} bytes: status {status}: {said.strip()}"
        if after != data[:length] or left:
            return f"{length} of {len(data)} bytes: refused, and the file has changed"
    return "" if refusals else "nothing was refused"


def patched(data, at, replacement):
    return data[:at] + replacement + data[at + len(replacement):]


def field(data, position, start, text):
    """With another text in a header's field."""
    header = archives.members(data)[position].header
    return patched(data, header + start, text)


def compiled():
    """Two small objects."""
    result = []
    for source in ("int first(void) { return 1; }", "int first(void); int second(void) { return first(); }"):
        subprocess.run(["cc", "-x", "c", "-g0", "-c", "-", "-o", "object.o"], input=source.encode(), check=True)
        with open("object.o", "rb") as file:
            result.append(file.read())
    return result


def headers(one):
    gnu = archive([(b"a_name_longer_than_sixteen.o", one), (b"b.o", one)], index_of("gnu", [(b"first", 0)]), long_names=True)
    bsd = archive([(b"a.o", one), (b"b.o", one)], index_of("bsd", [(b"first", 0)]), bsd_names=True)
    for name, text in (("letters", b"12x4"), ("negative", b"-4  "), ("hexadecimal", b"0x10"), ("empty", b"          "),
                       ("blank in front", b" 12"), ("past the end", b"9999999999"), ("one too many", b"%d" % (len(one) + 2))):
        refused(f"size: {name}", field(gnu, 3, 48, text.ljust(10)))
        if name != "one too many":
            refused(f"size of the index: {name}", field(gnu, 0, 48, text.ljust(10)))
            refused(f"size, BSD: {name}", field(bsd, 1, 48, text.ljust(10)))
    refused("end of a header", field(gnu, 2, 58, b"``"))
    refused("long name outside", field(gnu, 2, 0, b"/99999 "))
    refused("long name that is no number", field(gnu, 2, 0, b"/1x "))
    refused("long names behind their use", archive([(b"a.o", one)]) + member(b"/0", b"") + member(b"//", b"x/\n"))
    refused("name longer than the member", field(bsd, 1, 0, b"#1/99999999"))
    refused("name of no length", field(bsd, 1, 0, b"#1/x       "))
    refused("a second index", gnu + member(b"/SYM64/", bytes(8)))
    refused("three linker members", archive([(b"a.o", one)], lambda _: member(b"/", bytes(4)) * 3))


def tables(one):
    for kind, word, count_at in (("gnu", ">I", 0), ("gnu64", ">Q", 0), ("bsd", "<I", None), ("bsd64", "<Q", None)):
        data = archive([(b"a.o", one), (b"b.o", one)], index_of(kind, [(b"first", 0), (b"second", 1)]), bsd_names="bsd" in kind)
        index = archives.members(data)[0]
        size = struct.calcsize(word)
        largest = b"\xff" * size
        entry = index.data + (size if count_at == 0 else 2 * size)
        for name, value in (("the index itself", index.header), ("the middle of a member", len(data) - 7), ("the end", len(data)),
                            ("nowhere", 1 << 31), ("the magic number", 0)):
            refused(f"{kind}: an entry points to {name}", patched(data, entry, struct.pack(word, value)))
        refused(f"{kind}: as many entries as there can be", patched(data, index.data, largest))
        refused(f"{kind}: an entry too many", patched(data, index.data, struct.pack(word, 1 << 12)))
        if count_at is None:
            refused(f"{kind}: a name outside", patched(data, index.data + size, largest))
            refused(f"{kind}: a table of odd length", patched(data, index.data, struct.pack(word, 2 * size + 1)))
            names = index.data + size + 4 * size
            refused(f"{kind}: names past the end", patched(data, names, largest))
    data = archive([(b"a.o", one), (b"b.o", one)], index_of("coff", [(b"first", 0), (b"second", 1)]))
    second = archives.members(data)[1].data
    refused("coff: a list of members past the end", patched(data, second, b"\xff" * 4))
    refused("coff: a member that is none", patched(data, second + 4, struct.pack("<I", 9)))
    refused("coff: too many names", patched(data, second + 12, b"\xff" * 4))
    refused("coff: member number 0", patched(data, second + 16, b"\0\0"))
    refused("coff: member number 3", patched(data, second + 16, b"\3\0"))


def thin(one, other):
    """The names in a thin archive lead anywhere."""
    def refused_thin(name, members, words, statuses=(3,), index=None):
        before = {path: path.is_file() and path.read_bytes() for path in pathlib.Path(".").iterdir()}
        pathlib.Path("x.a").write_bytes(thin_archive(members, index))
        problem = ""
        for arguments in (["-o", "out.a", *request], ["--thin-members", *request], []):
            done = subprocess.run([tool, "rewrite", "x.a", *arguments], capture_output=True, text=True, check=False, timeout=60)
            wanted = statuses if arguments else (*statuses, 0)
            if done.returncode not in wanted or (words not in done.stderr and arguments):
                problem = f"status {done.returncode}: {done.stderr.strip()}"
            elif arguments and not done.stderr.startswith("error: x.a"):
                problem = f"no place: {done.stderr.strip()}"
        pathlib.Path("x.a").unlink()
        after = {path: path.is_file() and path.read_bytes() for path in pathlib.Path(".").iterdir()}
        report(f"thin: {name}", problem or ("" if before == after else "something has changed"))

    for name, data in (("a.o", one), ("b.o", other)):
        pathlib.Path(name).write_bytes(data)
    good, size = (b"a.o", len(one)), len(one)
    refused_thin("a member is missing", [good, (b"none.o", 9)], "x.a(none.o): none.o: cannot open", (4,))
    refused_thin("all reasons at once", [(b"none.o", 9), (b"a.o", 9)], "x.a(a.o): has", (4,))
    os.mkdir("folder")
    os.mkfifo("fifo")
    refused_thin("a member is a folder", [good, (b"folder", 9)], "x.a(folder): folder: is a folder")
    refused_thin("a member is its own folder", [good, (b"../" + os.path.basename(os.getcwd()).encode(), 9)], "is a folder")
    refused_thin("a member is a pipe", [good, (b"fifo", 9)], "x.a(fifo): fifo: is not a regular file")
    refused_thin("a member is a device", [good, (b"/dev/zero", 9)], "x.a(/dev/zero): /dev/zero: is not a regular file")
    refused_thin("a member without a name", [good, (b"", 9)], "the name of a member is empty")
    os.symlink("circle.o", "circle.o")
    refused_thin("a member is a circle of links", [good, (b"circle.o", 9)], "cannot open", (4,))
    refused_thin("a member is shorter", [(b"a.o", size + 1)], f"x.a(a.o): has {size} bytes, and had {size + 1} when")
    refused_thin("a member is longer", [(b"a.o", size - 1)], f"x.a(a.o): has {size} bytes, and had {size - 1} when")
    refused_thin("a name longer than a path", [good, (b"./" * 3000 + b"a.o", size)], "the name of a member is empty, or longer than a path")
    refused_thin("a hundred thousand missing members", [(b"%d.o" % i, 9) for i in range(100000)], "cannot open", (4,))
    thin_kind = "is a thin archive: its members are files of their own"
    refused_thin("it names itself", [good, (b"x.a", 500)], thin_kind, (1,))
    for name, inner in (("y.a", b"z.a"), ("z.a", b"y.a")):
        pathlib.Path(name).write_bytes(thin_archive([(inner, 500)]))
    refused_thin("it names one that names another that names it", [good, (b"y.a", 500)], thin_kind, (1,))
    pathlib.Path("in.a").write_bytes(archive([(b"one.o", one)]))
    for place in (7, 9, 68, 1 << 30):
        refused_thin(f"no member of a nested archive at {place}", [(b"in.a:%d" % place, size)], "no member begins at")
    refused_thin("a place in what is no archive", [(b"a.o:8", size)], "the magic number is not that of an archive")
    refused_thin("a place in itself", [(b"x.a:8", size)], thin_kind, (1,))
    refused_thin("a place that is no number", [(b"in.a:x", size)], "the place inside of a nested archive is no number")
    refused_thin("a damaged index", [good], "an entry points to a place where no member begins", index=lambda _: member(
        b"/", struct.pack(">II", 1, 9) + b"first\0"))

    # What is outside of the folder, or behind a link, is a member like others, and what is in place stays a link.
    os.mkdir("inner")
    os.symlink("../a.o", "inner/link.o")
    for name, path in (("by ..", b"../a.o"), ("by a link", b"link.o"), ("absolute", os.path.abspath("a.o").encode())):
        pathlib.Path("inner/x.a").write_bytes(thin_archive([(path, size)]))
        done = subprocess.run([tool, "rewrite", "inner/x.a", "-o", "out.a", *request], capture_output=True, text=True, check=False)
        problem = done.stderr.strip() if done.returncode else ""
        if pathlib.Path("a.o").read_bytes() != one:
            problem = "the member has changed"
        refused_in_place = subprocess.run([tool, "rewrite", "inner/x.a", *request], capture_output=True, check=False).returncode
        report(f"thin: a member outside, {name}", problem or ("" if refused_in_place == 1 else "changed in place without leave"))

    # Cut anywhere, it is refused, or it is shorter.
    whole = thin_archive([(b"a.o", size), (b"b.o", len(other))], index_of("gnu", [(b"first", 0), (b"second", 1)]))
    first = len(whole) - 120
    problem = ""
    for length in range(8, len(whole)):
        pathlib.Path("x.a").write_bytes(whole[:length])
        done = subprocess.run([tool, "rewrite", "x.a", "-o", "cut.a", *request], capture_output=True, text=True, check=False)
        complete = length in (first + 60, len(whole))
        if done.returncode not in ((0, 3) if complete else (1, 3)) or (done.returncode and not done.stderr.startswith("error: ")):
            problem = f"{length} of {len(whole)} bytes: status {done.returncode}: {done.stderr.strip()}"
    report("thin: cut", problem)


def universal(one):
    def file(rows, size):
        data = b"\xca\xfe\xba\xbe" + struct.pack(">I", len(rows)) + b"".join(struct.pack(">IIIII", *row) for row in rows)
        return data.ljust(256, b"\0") + one.ljust(size, b"\0")

    intel, arm = (0x01000007, 3), (0x0100000C, 0)
    refused("universal: rows past the end", b"\xca\xfe\xba\xbe" + struct.pack(">I", 42) + bytes(100))
    refused("universal: a slice past the end", file([(*intel, 256, 1 << 20, 3)], 4096))
    refused("universal: an offset near 2^32", file([(*intel, 0xFFFFFFF8, 16, 3)], 4096))
    refused("universal: slices overlap", file([(*intel, 256, 1000, 3), (*arm, 1000, 1000, 3)], 4096))
    refused("universal: the same slice twice", file([(*intel, 256, 1000, 3), (*arm, 256, 1000, 3)], 4096))
    refused("universal: a slice in the table", file([(*intel, 8, 1000, 3)], 4096))
    refused("universal: an alignment of 2^200", file([(*intel, 256, 1000, 200)], 4096))
    refused("universal: itself", b"\xca\xfe\xba\xbe" + struct.pack(">IIIIII", 1, *intel, 0, 28, 3))


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            one, other = compiled()
        except (OSError, subprocess.CalledProcessError):
            counts["skip"] += 1
            print("skip everything: no compiler")
        else:
            headers(one)
            tables(one)
            universal(one)
            os.unlink("x.a")
            thin(one, other)
            objects = [(b"first.o", one), (b"text", b"odd"), (b"second.o", other)]
            known = [(b"first", 0), (b"second", 2)]
            shortened = [(f"{kind}, cut", archive(objects, index_of(kind, known), bsd_names=kind in ("sorted", "bsd64")), step)
                         for kind, step in (("gnu", 1), ("coff", 3), ("sorted", 3), ("gnu64", 5), ("bsd64", 5))]
            inner = archive(objects, index_of("gnu", known))
            shortened.append(("nested, cut", archive([(b"inner.a", inner), (b"first.o", one)]), 7))
            with concurrent.futures.ProcessPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
                for name, problem in pool.map(cut, *zip(*shortened)):
                    report(name, problem)
        os.chdir("/")
    print(f"{counts['pass']} passed, {counts['FAIL']} failed, {counts['skip']} skipped")
    return 1 if counts["FAIL"] else 0


if __name__ == "__main__":
    sys.exit(main())
