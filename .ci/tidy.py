#!/usr/bin/env python3
"""clang-tidy over the library and the tool, two files at a time, in a configured build folder (preset `tidy`).

    .ci/tidy.py BUILD [WORD...]     only the files whose path contains one of the words

It takes ten seconds a file, more than all else that CI does, so what was found clean is not looked at again: the checksum
of all that a verdict comes from (the tool, its settings, the command, the project's files that are read, and what the
preprocessor makes of them and of the system's) is kept in ~/.cache/linkname-tidy, one a file.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent
cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "linkname-tidy"
tidy = "clang-tidy-19"


def checksum(build, entry):
    """Of everything that the verdict depends on; the same in every folder that holds the same tree."""
    words = shlex.split(entry["command"])
    if words[0].endswith("ccache"):
        del words[0]
    at = words.index("-o")
    del words[at:at + 2]
    words[words.index("-c")] = "-E"
    source = subprocess.run([*words, "-dD"], cwd=build, check=True, stdout=subprocess.PIPE).stdout
    named = {os.path.join(build, os.fsdecode(name)) for name in re.findall(rb'^# \d+ "([^"<]+)"', source, re.MULTILINE)}
    ours = [path for path in map(pathlib.Path, sorted(named)) if root in path.resolve().parents]
    version = subprocess.run([tidy, "--version"], check=True, capture_output=True).stdout
    read = b"\0".join([version, (root / ".clang-tidy").read_bytes(), shlex.join(words).encode(), source,
                       *(path.read_bytes() for path in ours)])
    return hashlib.sha256(read.replace(bytes(root), b".")).hexdigest()


def problems(build, entry):
    """What is wrong with the file; nothing where it is clean; None where that was known."""
    name = os.path.relpath(entry["file"], root)
    kept = cache / name.replace("/", "-")
    now = checksum(build, entry)
    if kept.exists() and kept.read_text() == now:
        return None
    done = subprocess.run([tidy, "--quiet", "--warnings-as-errors=*", "-p", build, entry["file"]],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    if done.returncode == 0:
        kept.write_text(now)
        return ""
    return done.stdout or f"{name}: {tidy} ends with {done.returncode}\n"


def main():
    build = sys.argv[1]
    entries = [entry for entry in json.loads(pathlib.Path(build, "compile_commands.json").read_text())
               if os.path.relpath(entry["file"], root).startswith(("lib/", "tools/"))
               and (not sys.argv[2:] or any(word in entry["file"] for word in sys.argv[2:]))]
    cache.mkdir(parents=True, exist_ok=True)
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
        found = list(pool.map(lambda entry: problems(build, entry), entries))
    bad = [problem for problem in found if problem]
    print(*bad, sep="", end="")
    print(f"clang-tidy: {len(found)} files, {len(bad)} with problems, {found.count(None)} known to be clean")
    return 1 if bad or not found else 0


if __name__ == "__main__":
    sys.exit(main())
