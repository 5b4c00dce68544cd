#!/usr/bin/env python3
"""What the launchers add: `cc` to a compile, `link` to the link of a large program, in turns and in one run.

    python3 tests/bench/launchers.py [--runs N] [--check]

The program is made of all of LLVM's static libraries that lld takes from the archives for every target, and a library of
its own whose static function it pulls. `resolution` is the time of `link --dry-run` against lld's own for the same
command. With --check the exit status is 1 where a promise of docs/performance.md is not kept.
"""

import argparse
import glob
import os
import subprocess
import sys
import tempfile
import time

import bench

MOST_PER_COMPILE = 0.003
MOST_OF_LLD = 0.20

PLAIN = "int plain(int x) { return x + 1; }\n"
OWN = """static __attribute__((noinline)) int in_archive(int x) { return x + 1; }
int (*volatile keep)(int) = in_archive;
"""
PROGRAM = """#include <linkname/linkname.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/LTO/LTO.h>
#include <llvm/Support/TargetSelect.h>
extern "C" int pulled(int);
LINKNAME(pulled, "in_archive");
int main(int count, char **) {
  llvm::InitializeAllTargets();
  llvm::InitializeAllTargetMCs();
  llvm::InitializeAllAsmParsers();
  llvm::InitializeAllAsmPrinters();
  llvm::InitializeAllDisassemblers();
  llvm::PassBuilder builder;
  llvm::lto::LTO lto{llvm::lto::Config()};
  return pulled(count);
}
"""


def seconds(command):
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command[:4])} ...: exit {done.returncode}\n{done.stderr[:2000]}")
    return time.perf_counter() - start


def best_in_turns(commands, runs):
    """The best time of each command."""
    best = [float("inf")] * len(commands)
    for _ in range(runs + 1):
        for i, command in enumerate(commands):
            best[i] = min(best[i], seconds(command))
    return best


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def compiles(work, runs):
    write(f"{work}/plain.c", PLAIN)
    command = ["gcc", "-O2", "-c", f"{work}/plain.c", "-o", f"{work}/plain.o"]
    plain, launched = best_in_turns([command, [bench.TOOL, "cc", "--", *command]], 10 * runs)
    print(f"compile without records: {launched / plain:.3f} of the compiler alone, {(launched - plain) * 1000:.2f} ms more")
    return launched - plain <= MOST_PER_COMPILE


def links(work, runs):
    folder = os.path.dirname(bench.llvm_archives())
    write(f"{work}/program.cpp", PROGRAM)
    write(f"{work}/own.c", OWN)
    include = os.path.join(bench.ROOT, "include")
    flags = subprocess.run([f"{folder}/bin/llvm-config", "--cxxflags"], capture_output=True, text=True,
                           check=True).stdout.split()
    subprocess.run(["gcc", "-O2", "-c", "own.c"], cwd=work, check=True)
    subprocess.run(["ar", "rcs", "libown.a", "own.o"], cwd=work, check=True)
    subprocess.run([bench.TOOL, "cc", "--", "g++", *flags, f"-I{include}", "-c", "program.cpp", "-o", "program.o"],
                   cwd=work, check=True)
    archives = sorted(glob.glob(f"{folder}/lib/lib*.a"))
    common = ["g++", "-fuse-ld=lld", f"{work}/program.o", "-o", f"{work}/program", f"-L{work}", "-lown",
              "-Wl,--unresolved-symbols=ignore-all", "-Wl,--start-group", *archives, "-Wl,--end-group", "-lz", "-lpthread",
              "-ldl", "-lm"]
    launched = [bench.TOOL, "link", "--handshake=off"]
    lld, resolution, whole = best_in_turns([common, [*launched, "--dry-run", "--", *common],
                                            [*launched, "--", *common]], runs)
    code = subprocess.run([f"{work}/program"]).returncode
    if code != 2:
        sys.exit(f"the linked program ends with {code} instead of 2: in_archive(1)")
    megabytes = sum(map(os.path.getsize, archives)) / 2**20
    print(f"link of {len(archives)} archives, {megabytes:.0f} MiB: resolution {resolution / lld:.3f} of lld's time, "
          f"the whole {whole / lld:.3f}")
    return resolution / lld <= MOST_OF_LLD


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--check", action="store_true")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="linkname-bench-") as work:
        kept = [compiles(work, chosen.runs), links(work, chosen.runs)]
    return 0 if all(kept) or not chosen.check else 1


if __name__ == "__main__":
    sys.exit(main())
