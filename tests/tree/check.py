#!/usr/bin/env python3
"""Tests the source tree itself: the order of the rooms, opening comments, file sizes, the top level, links.

One line a case, then `N passed, N failed, N skipped`. The tree is what git tracks and what it would add.
"""

import os
import re
import subprocess
import sys

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# A room may include itself and every room with a smaller number; rooms of one number are siblings and never meet.
# include/linkname is open to all and includes nothing but itself.
rooms = {
    "lib/base": 1,
    "lib/elf": 2,
    "lib/macho": 2,
    "lib/coff": 2,
    "lib/container": 2,
    "lib/records": 2,
    "lib/plan": 3,
    "lib/check": 4,
    "lib/api": 5,
    "lib/link": 6,
}
# The tool speaks to the library through its public headers alone.
public = "include/linkname"

top_level = {
    "CMakeLists.txt", "CMakePresets.json", "README.md", "HACKING.md", "CHANGELOG.md", "LICENSE", ".ci", "cmake",
    "tools", "lib", "include", "tests", "samples", "docs"
}
longest = 400

counts = {"pass": 0, "FAIL": 0, "skip": 0}


def report(name, problems):
    verdict = "FAIL" if problems else "pass"
    counts[verdict] += 1
    print(verdict, name)
    for problem in problems:
        print("    " + problem)


def tracked():
    listed = subprocess.run(["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            capture_output=True, text=True)
    if listed.returncode != 0:
        return None
    return sorted(path for path in set(listed.stdout.split("\0")) if path and os.path.lexists(os.path.join(root, path)))


def read(path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def room_of(path):
    return next((room for room in list(rooms) + [public, "tools"] if path.startswith(room + "/")), None)


def wrong_include(path, included):
    """Why this room must not include that header; None when it may, or when it is none of ours."""
    here = room_of(path)
    if included.startswith("linkname/"):
        return None
    folder = included.split("/")[0]
    there = "lib/" + folder if "/" in included else None
    if there not in rooms:
        return None
    if here == public or here == "tools":
        return f"{path}: {here} includes {included}; only public headers are open to it"
    if here == there or rooms[here] > rooms[there]:
        return None
    return f"{path}: {here} must not know {there} ({included})"


def includes(files):
    problems = []
    for path in files:
        if room_of(path) is None or not path.endswith((".h", ".cpp")):
            continue
        for included in re.findall(r'^\s*#\s*include\s*["<]([^">]+)[">]', read(path), re.MULTILINE):
            problem = wrong_include(path, included)
            if problem:
                problems.append(problem)
    return problems


def opening_comments(files):
    problems = []
    for path in files:
        stem, ending = os.path.splitext(path)
        if not path.startswith(("lib/", "tools/", "include/", "tests/unit/", "tests/fuzz/")):
            continue
        if ending not in (".h", ".cpp"):
            continue
        # A source file's header says it for both.
        if ending == ".cpp" and (stem + ".h" in files or "include/linkname/" + os.path.basename(stem) + ".h" in files):
            continue
        if not read(path).startswith(("//", "/*")):
            problems.append(f"{path}: does not open with a comment that says why it exists")
    return problems


def sizes(files):
    problems = []
    for path in files:
        if path.startswith(("lib/", "tools/")):
            lines = read(path).count("\n")
            if lines > longest:
                problems.append(f"{path}: {lines} lines, more than {longest}")
    return problems


def unknown_rooms(files):
    problems = []
    for path in files:
        parts = path.split("/")
        if parts[0] == "lib" and len(parts) > 2 and "/".join(parts[:2]) not in rooms:
            problems.append(f"{path}: is in no room that tests/tree/check.py knows")
    return problems


def top(files):
    names = {path.split("/")[0] for path in files}
    strangers = sorted(name for name in names if name not in top_level and not name.startswith("."))
    missing = sorted(top_level - names)
    return [f"{name}: does not belong at the top level" for name in strangers] + [f"{name}: is missing"
                                                                                  for name in missing]


def anchors(text):
    """GitHub's anchors of the headings."""
    result = set()
    for heading in re.findall(r"^#+ +(.*)$", text, re.MULTILINE):
        plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        result.add(re.sub(r"[^\w\- ]", "", plain.lower()).strip().replace(" ", "-"))
    return result


def links(files):
    problems = []
    for path in files:
        if not path.endswith(".md"):
            continue
        text = re.sub(r"```.*?```", "", read(path), flags=re.DOTALL)
        for link in re.findall(r"\[[^\]]*\]\(<?([^)\s>]+)>?[^)]*\)", text):
            if re.match(r"[a-z]+:", link):
                continue
            target, _, anchor = link.partition("#")
            full = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
            if not os.path.exists(os.path.join(root, full)):
                problems.append(f"{path}: {link} leads nowhere")
            elif anchor and full.endswith(".md") and anchor not in anchors(read(full)):
                problems.append(f"{path}: {link}: no such heading")
    return problems


def main():
    files = tracked()
    if files is None:
        print("skip everything: not a git work tree")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    report("rooms include only what stands before them", includes(files))
    report("every folder of lib is a known room", unknown_rooms(files))
    report("files say why they exist", opening_comments(files))
    report(f"no file has more than {longest} lines", sizes(files))
    report("the top level", top(files))
    report("links in documents lead somewhere", links(files))
    print(f"{counts['pass']} passed, {counts['FAIL']} failed, {counts['skip']} skipped")
    return 1 if counts["FAIL"] else 0


if __name__ == "__main__":
    sys.exit(main())
