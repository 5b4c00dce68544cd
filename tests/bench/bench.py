#!/usr/bin/env python3
"""Speed, side by side in one run: cp, GNU objcopy, llvm-objcopy and linkname-tool on the same objects.

    python3 tests/bench/bench.py [--runs N] [--json FILE] [--check] [--only GROUP]

Prints ratios to cp, never bare seconds: machines differ, ratios hardly. `best` compares the best run with cp's best, which
is what the promises of docs/performance.md are about: other processes can only slow a run down. `median` shows how it went
otherwise; linkname-tool copies large files on a second core and suffers more than cp where that one is busy. Memory is the
largest resident set in MiB; growth is in bytes. With --check the exit status is 1 where a promise is not kept. The tool is
build/release/bin/linkname-tool unless LINKNAME_TOOL says otherwise.
"""

import argparse
import collections
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

import archives
import convert
import images

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOOL = os.environ.get("LINKNAME_TOOL", os.path.join(ROOT, "build/release/bin/linkname-tool"))
MANY = 10_000

SMALL_SOURCE = """
static int table[4] = {1, 2, 3, 4};
static int lookup(int i) { return table[i & 3]; }
int (*const entry)(int) = lookup;
int total(int n) { int sum = 0; for (int i = 0; i < n; ++i) sum += lookup(i); return sum; }
extern int remote(int);
int use(int n) { return remote(n) + total(n); }
"""


def build_stopwatch(work):
    stopwatch = os.path.join(work, "measure")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "measure.c")
    subprocess.run(["cc", "-O2", source, "-o", stopwatch], check=True)
    return stopwatch


def run(stopwatch, command):
    """Wall and CPU seconds and peak resident MiB of one run; the command must succeed. Nothing for one that nobody would
    wait for."""
    done = subprocess.run(["timeout", str(images.PATIENCE), stopwatch, *command], capture_output=True, text=True)
    if done.returncode == 124:
        return None
    if done.returncode != 0:
        sys.exit(f"{' '.join(command[:4])} ...: exit {done.returncode}\n{done.stderr[:2000]}")
    wall, cpu, resident = done.stdout.split()
    return float(wall), float(cpu), int(resident) / 1024


def measure(stopwatch, commands, runs, output):
    """Figures of all commands. They take turns, so that whatever else the machine does falls on all of them alike."""
    samples = {name: [] for name in commands}
    sizes = {}
    for _ in range(runs + 1):
        for name, command in commands.items():
            if samples[name] and not samples[name][-1]:
                continue
            if os.path.exists(output):
                os.remove(output)
            samples[name].append(run(stopwatch, command))
            if samples[name][-1]:
                sizes[name] = os.path.getsize(output)
    figures = {}
    for name, taken in samples.items():
        if not taken[-1]:
            figures[name] = None
            continue
        walls, cpus, memory = zip(*taken[1:])  # the first turn warms the page cache
        figures[name] = {"best": min(walls), "median": statistics.median(walls), "cpu": statistics.median(cpus),
                         "memory": max(memory), "size": sizes[name]}
    return figures


def llvm_archives():
    """A folder with LLVM's static libraries: real C++ code in quantity."""
    for version in (14, 19, 18, 17, 16, 15):
        folder = f"/usr/lib/llvm-{version}/lib"
        if os.path.exists(os.path.join(folder, "libLLVMCodeGen.a")):
            return folder
    sys.exit("no static LLVM libraries: install llvm-14-dev")


def make_large(path, at_least=80 << 20):
    """One relocatable object of at least 80 MiB from real code, by a partial link."""
    folder = llvm_archives()
    wanted = ["CodeGen", "Analysis", "X86CodeGen", "AArch64CodeGen", "ScalarOpts", "Core", "ipo", "ARMCodeGen",
              "SelectionDAG", "Passes", "Instrumentation", "TransformUtils", "HexagonCodeGen", "AMDGPUCodeGen"]
    archives = [os.path.join(folder, f"libLLVM{name}.a") for name in wanted]
    archives = [archive for archive in archives if os.path.exists(archive)]
    for count in range(8, len(archives) + 1):
        subprocess.run(["ld", "-r", "--whole-archive", *archives[:count], "-o", path], check=True,
                       stderr=subprocess.DEVNULL)
        if os.path.getsize(path) >= at_least:
            return
    sys.exit(f"the large object has only {os.path.getsize(path) >> 20} MiB")


def symbols_of(path):
    """Names of global functions and of statics that occur once."""
    listing = subprocess.run(["nm", path], check=True, capture_output=True, text=True).stdout.splitlines()
    statics = {}
    functions = []
    for line in listing:
        if len(line.split()) < 2:  # the name of a member
            continue
        kind, name = line.split()[-2:]
        if kind == "T" and "@" not in name:
            functions.append(name)
        elif kind == "t":
            statics[name] = statics.get(name, 0) + 1
    return functions, [name for name, count in statics.items() if count == 1 and "." not in name]


def peers():
    """The objcopies of this machine."""
    found = {}
    for name, path in (("GNU objcopy", "objcopy"), ("llvm-objcopy 14", "llvm-objcopy-14"),
                       ("llvm-objcopy 19", "llvm-objcopy-19")):
        if shutil.which(path):
            found[name] = path
    return found


def small_cases(work):
    source, path, output = (os.path.join(work, name) for name in ("small.c", "small.o", "small.out.o"))
    with open(source, "w", encoding="utf-8") as file:
        file.write(SMALL_SOURCE)
    subprocess.run(["cc", "-O2", "-c", source, "-o", path], check=True)
    commands = {"cp": ["cp", path, output]}
    for name, tool in peers().items():
        commands[name] = [tool, "--redefine-sym", "total=sum_of", path, output]
    commands["linkname-tool"] = [TOOL, "rewrite", path, "-o", output, "--rename", "total=sum_of"]
    return ("small object, one rename", path, output, commands)


def large_cases(work, path):
    functions, statics = symbols_of(path)
    if len(functions) < MANY:
        sys.exit(f"only {len(functions)} global functions in the large object")
    output = os.path.join(work, "large.out.o")
    many = os.path.join(work, "many.rules")
    pairs = os.path.join(work, "many.syms")
    with open(many, "w", encoding="utf-8") as rules, open(pairs, "w", encoding="utf-8") as peers_list:
        for name in functions[:MANY]:
            rules.write(f"rename {name} renamed_{name}\n")
            peers_list.write(f"{name} renamed_{name}\n")
    edits = {
        "large object, one rename": (["--redefine-sym", f"{functions[0]}=renamed"], ["--rename", f"{functions[0]}=renamed"]),
        "large object, one export": (["--globalize-symbol", statics[0]], ["--export", statics[0]]),
        "large object, 10,000 renames": (["--redefine-syms", pairs], ["--rules", many]),
    }
    for title, (theirs, ours) in edits.items():
        commands = {"cp": ["cp", path, output]}
        for name, tool in peers().items():
            commands[name] = [tool, *theirs, path, output]
        commands["linkname-tool"] = [TOOL, "rewrite", path, "-o", output, *ours]
        yield (title, path, output, commands)


def other_formats(work, large):
    """The large object's code and names once more, as Mach-O and as COFF."""
    code = convert.Code(large)
    output = os.path.join(work, "large.out.o")
    times = collections.Counter(symbol.name for symbol in code.symbols)
    once = [symbol for symbol in code.symbols if symbol.place == "code" and times[symbol.name] == 1]
    function = next(symbol.name.decode() for symbol in once if symbol.kind == "global")
    static = next(symbol.name.decode() for symbol in once if symbol.kind == "local" and b"." not in symbol.name)
    mingw = {"mingw objcopy": "x86_64-w64-mingw32-objcopy"} if shutil.which("x86_64-w64-mingw32-objcopy") else {}
    for title, write, prefix, gnu in (("Mach-O", convert.write_macho, "_", {}), ("COFF", convert.write_coff, "", mingw)):
        path = os.path.join(work, f"large-{title}.o")
        write(code, path)
        tools = {**gnu, **{name: tool for name, tool in peers().items() if name.startswith("llvm")}}
        old, new = prefix + function, prefix + "renamed"
        commands = {"cp": ["cp", path, output]}
        for name, tool in tools.items():
            commands[name] = [tool, "--redefine-sym", f"{old}={new}", path, output]
        commands["linkname-tool"] = [TOOL, "rewrite", path, "-o", output, "--rename", f"{old}={new}"]
        yield (f"large {title} object, one rename", path, output, commands)
        # llvm-objcopy refuses: it knows no --globalize-symbol for these formats.
        commands = {"cp": ["cp", path, output]}
        for name, tool in gnu.items():
            commands[name] = [tool, "--globalize-symbol", prefix + static, path, output]
        commands["linkname-tool"] = [TOOL, "rewrite", path, "-o", output, "--export", prefix + static]
        yield (f"large {title} object, one export", path, output, commands)


def archive_cases(work):
    """Edits of two archives. The objcopies take seconds for each, so whoever measures them waits."""
    output = os.path.join(work, "out.a")
    for title, make in (("real archive", lambda path: archives.make_real(path, llvm_archives())),
                        (f"{archives.MEMBERS:,} members", lambda path: archives.make_many(path, work))):
        path = os.path.join(work, "in.a")
        make(path)
        functions, statics = symbols_of(path)
        old, static = functions[len(functions) // 2], statics[len(statics) // 2]
        edits = {
            "one rename": (["--rename", f"{old}=another_name"], ["--redefine-sym", f"{old}=another_name"]),
            "one export": (["--export", static], ["--globalize-symbol", static]),
            "a prefix on everything": (["--prefix", "v2_"], ["--prefix-symbols", "v2_"]),
            "isolated": (["--isolate=v2", "--keep", old], None),
        }
        for edit, (ours, theirs) in edits.items():
            commands = {"cp": ["cp", path, output]}
            for name, tool in peers().items() if theirs else ():
                commands[name] = [tool, *theirs, path, output]
            commands["linkname-tool"] = [TOOL, "rewrite", path, "-o", output, *ours]
            yield (f"{title}, {edit}", path, output, commands)
        os.remove(path)


def report(title, path, figures):
    size = os.path.getsize(path)
    print(f"\n{title} ({size / (1 << 20):.1f} MiB)" if size >= 1 << 20 else f"\n{title} ({size} bytes)")
    print(f"  {'':18}{'best/cp':>9}{'median/cp':>11}{'CPU/cp':>9}{'peak MiB':>10}{'growth':>12}")
    base = figures["cp"]
    for name, row in figures.items():
        if not row:
            print(f"  {name:18}not done after {images.PATIENCE} s")
            continue
        cpu_ratio = f"{row['cpu'] / base['cpu']:9.2f}" if base["cpu"] > 0.002 else f"{'-':>9}"
        print(f"  {name:18}{row['best'] / base['best']:9.2f}{row['median'] / base['median']:11.2f}{cpu_ratio}"
              f"{row['memory']:10.1f}{row['size'] - size:12}")


def broken_promises(results, sizes):
    """The promises of docs/performance.md that these figures do not keep."""
    ours = {title: figures["linkname-tool"] for title, figures in results.items()}
    limits = {"small object, one rename": 2.0, "libLLVM, one export": 1.5, "libLLVM, 1,000 exports": 2.0}
    for edit in ("one rename", "one export"):
        limits |= {f"large object, {edit}": 1.3, f"large Mach-O object, {edit}": 1.5, f"large COFF object, {edit}": 1.5}
    for archive in ("real archive", f"{archives.MEMBERS:,} members"):
        limits |= {f"{archive}, one rename": 1.3, f"{archive}, one export": 1.3,
                   f"{archive}, a prefix on everything": 2.0, f"{archive}, isolated": 2.0}
    broken = []
    for title, limit in limits.items():
        if title not in ours:
            continue
        ratio = ours[title]["best"] / results[title]["cp"]["best"]
        if ratio > limit:
            broken.append(f"{title}: {ratio:.2f} times cp, promised {limit}")
    one, many = (ours.get(f"large object, {what}", {"best": 0})["best"] for what in ("one rename", "10,000 renames"))
    if many > 2 * one > 0:
        broken.append(f"10,000 renames take {many / one:.2f} times as long as one, promised 2")
    for title, figures in ours.items():
        bound = sizes[title] / (1 << 20) + 64
        if figures["memory"] > bound:
            broken.append(f"{title}: {figures['memory']:.0f} MiB resident, promised {bound:.0f}")
    return broken


def object_cases(work):
    large = os.path.join(work, "large.o")
    make_large(large)
    yield from large_cases(work, large)
    yield from other_formats(work, large)
    os.remove(large)


GROUPS = {"small": lambda work: [small_cases(work)], "images": lambda work: images.cases(work, TOOL),
          "objects": object_cases, "archives": archive_cases}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15, help="runs of each command (default 15)")
    parser.add_argument("--json", help="write the figures here")
    parser.add_argument("--only", choices=GROUPS, help="measure this group alone")
    parser.add_argument("--check", action="store_true", help="fail where a promise is not kept")
    arguments = parser.parse_args()
    if not os.access(TOOL, os.X_OK):
        sys.exit(f"{TOOL} is not there: cmake --preset release && cmake --build --preset release")
    results = {}
    sizes = {}
    with tempfile.TemporaryDirectory(prefix="linkname-bench-") as work:
        stopwatch = build_stopwatch(work)
        groups = [GROUPS[arguments.only]] if arguments.only else GROUPS.values()
        for title, path, output, commands in itertools.chain.from_iterable(group(work) for group in groups):
            runs = arguments.runs * 10 if title.startswith("small") else arguments.runs
            # cp and linkname-tool meet again and again. Of archives, the others are slower by an order of magnitude.
            ours = {name: command for name, command in commands.items() if name in ("cp", "linkname-tool")}
            others = {name: command for name, command in commands.items() if name not in ours}
            if path.endswith(".a"):
                once = measure(stopwatch, others, 1, output)
                results[title] = measure(stopwatch, ours, runs, output) | once
            else:
                results[title] = measure(stopwatch, commands, runs, output)
            sizes[title] = os.path.getsize(path)
            report(title, path, results[title])
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump(results, file, indent=2)
    if arguments.check:
        broken = broken_promises(results, sizes)
        for line in broken:
            print(f"NOT KEPT: {line}")
        sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
