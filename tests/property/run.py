#!/usr/bin/env python3
"""Random ways to compile, edit, treat and link one program: whatever they are, it must print the same.

    run.py [COUNT] [SEED]      COUNT cases (60), the first of which is number SEED (1); `run.py 1 SEED` makes one again

LINKNAME_TOOL, MACHO_RUNNERS and WINEPREFIX as for tests/samples/run.sh. One line a case, then a count.
"""

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
support = os.path.join(root, "tests", "support")
wine = os.path.join(support, "wine-run")
tool = os.environ.get("LINKNAME_TOOL", os.path.join(root, "build", "release", "bin", "linkname-tool"))
runners = os.environ.get("MACHO_RUNNERS", os.path.join(root, "build", "release", "tests", "support", "macho-runner"))
os.environ.setdefault("WINEPREFIX", os.path.join(root, "build", "release", "tests", "wine"))
expected = "163 three 42 40 36 37 70 8 main 30 1 1 32 1"

edits = [("export", "choose"), ("export", "word"), ("export", "hidden"), ("export", "table"), ("export", "counter"),
         ("alias", "where_again=where"), ("alias", "sum_again=sum"), ("alias", "weak_again=weak"), ("weaken", "chosen"),
         ("localize", "own")]
# Nothing in an object shows that a static is marked `used`.
unsafe = {"choose", "word", "table", "counter", "where"}
common = [["-O0", "-O1", "-O2", "-O3", "-Os"], ["", "-g", "-g1"], ["", "-fcommon"], ["", "-ffunction-sections"],
          ["", "", "-fno-jump-tables", "-ffreestanding"], ["", "-fno-asynchronous-unwind-tables", "-funwind-tables"]]


class Failed(Exception):
    pass


def words(flags):
    return [word for flag in flags for word in flag.split()]


def run(command, where):
    # Into files: the end of a pipe would be that of wine's services, seconds after the program's.
    with tempfile.TemporaryFile("w+") as printed, tempfile.TemporaryFile("w+") as said:
        try:
            status = subprocess.run(command, cwd=where, stdin=subprocess.DEVNULL, stdout=printed, stderr=said,
                                    timeout=60).returncode
        except subprocess.TimeoutExpired:
            raise Failed(f"no end in a minute: {' '.join(command)}") from None
        printed.seek(0)
        said.seek(0)
        output, errors = printed.read(), said.read()
    if status != 0:
        lines = [line for line in (errors + output).splitlines() if re.search("error|undefined|multiple", line)]
        raise Failed(f"status {status} of {' '.join(command)}: {(lines or [errors.strip()])[0]}")
    return output


def elf(pick):
    compiler = pick("gcc", "clang-14", "clang-19")
    linker = pick("bfd", "gold", "lld", "mold")
    needed = [compiler, "mold" if linker == "mold" else "ld." + linker]
    flags = [pick("", "-fPIC", "-fPIE"), pick("", "-fvisibility=hidden"), pick("", "-fcf-protection=full")]
    link = ["gcc", "-fuse-ld=" + linker, pick("", "-Wl,--gc-sections"), pick("", "-pie"), pick("", "-Wl,-z,now")]
    if "-pie" in link:
        flags[0] = flags[0] or "-fPIE"
    return needed, [compiler], flags, link, [], ["strip", "archive", "relink"]


def macho(pick):
    compiler = pick("clang-14", "clang-19")
    arch, version = pick("x86_64", "arm64"), pick("14", "19")
    target = [f"--target={arch}-apple-macos11", "-isysroot", os.path.join(support, "macho-sysroot"),
              "-Qunused-arguments"]
    runner = [os.path.join(runners, "macho-runner-" + arch)]
    if arch == "arm64" and os.uname().machine == "x86_64":
        runner.insert(0, "qemu-aarch64")
    needed = [compiler, "clang-19", "ld64.lld-" + version, *runner]
    link = ["clang-19", *target, "-fuse-ld=lld", "--ld-path=" + (shutil.which("ld64.lld-" + version) or ""),
            pick("", "-Wl,-dead_strip"), pick("", "-Wl,--icf=all"), pick("", "-Wl,-S")]
    if version == "19":
        link.append(pick("", "-Wl,-fixup_chains", "-Wl,-no_fixup_chains"))
    flags = [pick("", "-fvisibility=hidden"), pick("", "-fPIC"), pick("", "", "-fstack-protector-all")]
    return needed, [compiler, *target], flags, link, runner, ["strip", "archive"]


def mingw(pick):
    link = ["x86_64-w64-mingw32-gcc", "-static", pick("", "-Wl,--gc-sections"), pick("", "-fuse-ld=lld")]
    # gas 2.40 adds a weak symbol's offset in its section to every reference to it.
    flags = ["-ffunction-sections", "-fdata-sections", pick("", "-mcmodel=small"), pick("", "-Wa,-mbig-obj")]
    return [link[0], "wine", "ld.lld"], [link[0]], flags, link, [wine], ["strip", "archive"]


def msvc(pick, libraries):
    compiler = pick("clang-14", "clang-19")
    sysroot = os.path.join(support, "msvc-sysroot", "include")
    target = ["--target=x86_64-pc-windows-msvc", "-Qunused-arguments"]
    link = [compiler, *target, "-fuse-ld=lld", "-nostdlib", "-Wl,/subsystem:console", "-L" + libraries,
            "-lcrt", "-lucrtbase", "-lkernel32", "-lntdll", pick("", "-Wl,/opt:ref", "-Wl,/opt:noref", "-Wl,/opt:icf"),
            pick("", "-Wl,/debug"), pick("", "-Wl,/guard:cf")]
    # A function in a section of its own is a COMDAT here, which is not weakened.
    flags = ["-fno-function-sections", pick("", "-Xclang -cfguard")]
    needed = [compiler, compiler.replace("clang", "lld-link"), "llvm-dlltool-19", "wine"]
    return needed, [compiler, *target, "-nostdlibinc", "-isystem", sysroot], flags, link, [wine], ["archive"]


def case(seed, work, libraries):
    """Returns a line that says what was tried, and what is missing here; raises Failed."""
    chance = random.Random(seed)

    def pick(*choices):
        return chance.choice(choices)

    kind = pick("elf", "macho", "mingw", "msvc")
    kinds = {"elf": elf, "macho": macho, "mingw": mingw, "msvc": lambda pick: msvc(pick, libraries)}
    needed, compile_, flags, link, start, treatments = kinds[kind](pick)
    provider = [*(pick(*choices) for choices in common), *flags]
    consumer = [pick("-O0", "-O2"), pick("", "-g"), *(flag for flag in flags if flag in ("-fPIC", "-fPIE"))]
    treatment = pick("", "", *treatments)
    hidden = re.compile("-Qunused|-isysroot|.*sysroot$|-nostdlib|-Wl,/subsystem|-[Ll]")
    shown = [re.sub("/usr/.*/", "", word) for word in words(provider + ["|"] + link[1:]) if not hidden.match(word)]
    title = " ".join([str(seed), kind, os.path.basename(compile_[0]), *shown, "|", treatment or "as it is"])
    missing = [name for name in needed if not shutil.which(name)]
    if missing:
        return title, "missing tool " + missing[0]

    try:
        for source, object_, options in (("provider", "p.o", provider), ("main", "m.o", consumer)):
            run([*compile_, "-w", *words(options), "-c", os.path.join(here, source + ".c"), "-o", object_], work)
        prefix = "_" if kind == "macho" else ""
        asked = list(edits)
        chance.shuffle(asked)
        runs = chance.choice([1, 1, 2, 4])
        for i in range(runs):
            arguments = []
            for verb, names in asked[i::runs]:
                arguments += ["--" + verb, "=".join(prefix + name for name in names.split("="))]
                if names.split("=")[-1] in unsafe:
                    arguments += ["--unsafe", prefix + names.split("=")[-1]]
            run([tool, "rewrite", "p.o", *arguments], work)
        run([tool, "rewrite", "m.o", "--rename", f"{prefix}renamed_sum={prefix}sum"], work)

        object_ = "p.o"
        if treatment == "strip":
            run(["x86_64-w64-mingw32-strip" if kind == "mingw" else "llvm-strip-19", "-S", object_], work)
        elif treatment == "archive":
            run(["llvm-ar-19", "rcs", "libp.a", object_], work)
            object_ = "libp.a"
        elif treatment == "relink":
            run(["ld.bfd", "-r", object_, "-o", "r.o"], work)
            object_ = "r.o"
        objects = ["m.o", object_] if treatment == "archive" else chance.sample(["m.o", object_], 2)
        run([*words(link), *objects, "-o", "app.exe"], work)
        printed = run([*start, "./app.exe"], work).strip()
    except Failed as failed:
        raise Failed(f"{title}: {failed}") from None
    if printed != expected:
        raise Failed(f"{title}: prints {printed!r}")
    return title, None


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    counts = {"pass": 0, "FAIL": 0, "skip": 0}
    with tempfile.TemporaryDirectory() as work:
        libraries = os.path.join(work, "libraries")
        if shutil.which("clang-19") and shutil.which("llvm-dlltool-19"):
            run(["sh", os.path.join(support, "msvc-sysroot", "build.sh"), "x86_64", libraries], here)
        for seed in range(first, first + count):
            folder = os.path.join(work, str(seed))
            os.mkdir(folder)
            try:
                line, missing = case(seed, folder, libraries)
                verdict = "skip" if missing else "pass"
                line += ": " + missing if missing else ""
            except Failed as failed:
                verdict, line = "FAIL", str(failed)
            counts[verdict] += 1
            print(verdict, line, flush=True)
            shutil.rmtree(folder)
    print(f"{counts['pass']} passed, {counts['FAIL']} failed, {counts['skip']} skipped")
    return counts["FAIL"] != 0


if __name__ == "__main__":
    sys.exit(main())
