# How lit runs tests/cases: the words that RUN lines may use, and the features that REQUIRES lines may ask for. A case
# that asks for what this machine lacks is UNSUPPORTED, never a failure and never silently passed.
import os
import platform
import shutil
import subprocess

import lit.formats
import lit.util

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(here)

config.name = "linkname"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".test", ".yaml", ".c", ".cpp", ".s"]
config.excludes = ["Inputs", "CMakeLists.txt", "lit.local.cfg"]
config.test_source_root = here

# Without a build folder's lit.site.cfg.py (`lit tests/cases` by hand) the environment or the release build serves.
build = getattr(config, "linkname_build", os.path.join(root, "build", "release"))
config.test_exec_root = os.path.join(build, "tests")
tool = os.environ.get("LINKNAME_TOOL") or getattr(
    config, "linkname_tool", os.path.join(build, "bin", "linkname-tool"))
include = os.path.join(root, "include")

# The dumpers and yaml2obj of the newest LLVM; their output is what the CHECK lines are written against.
llvm_bin = next((folder for version in range(19, 13, -1)
                 if os.path.exists(os.path.join(folder := f"/usr/lib/llvm-{version}/bin", "FileCheck"))), None)
path = config.environment.get("PATH", os.defpath)
if llvm_bin:
    path = os.pathsep.join([llvm_bin, path])
config.environment["PATH"] = path
config.environment["LC_ALL"] = "C"
config.environment["LINKNAME_TOOL"] = tool
config.environment["WINEPREFIX"] = os.path.join(build, "tests", "wine")
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LLVM_PROFILE_FILE"):
    if name in os.environ:
        config.environment[name] = os.environ[name]


def found(program):
    return shutil.which(program, path=path)


def first(*programs):
    return next((program for program in programs if found(program)), programs[-1])


def prints(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=60).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


config.substitutions += [
    ("%tool", tool),
    ("%include", include),
    ("%cxx", first("g++", "clang++-19", "c++")),
    ("%cc", first("gcc", "clang-19", "cc")),
]

# Compilers, linkers and emulators, each a feature under the name in front.
programs = {
    "gcc": "gcc",
    "g++": "g++",
    "clang-14": "clang-14",
    "clang-19": "clang-19",
    "bfd": "ld.bfd",
    "gold": "ld.gold",
    "lld": "ld.lld",
    "mold": "mold",
    "ld64.lld-14": "ld64.lld-14",
    "ld64.lld-19": "ld64.lld-19",
    "objcopy": "objcopy",
    "llvm-objcopy": "llvm-objcopy",
    "llvm-objcopy-14": "llvm-objcopy-14",
    "llvm-ar-14": "llvm-ar-14",
    "llvm-ar-19": "llvm-ar-19",
    "llvm-lib": "llvm-lib",
    "llvm-libtool-darwin": "llvm-libtool-darwin",
    "llvm-lipo": "llvm-lipo",
    "gdb": "gdb",
    "lldb-19": "lldb-19",
    "mingw": "x86_64-w64-mingw32-gcc",
    "i686-mingw": "i686-w64-mingw32-gcc",
    "lld-link": "lld-link",
    "wine": "wine",
    "i686-gcc": "i686-linux-gnu-gcc",
    "aarch64-gcc": "aarch64-linux-gnu-gcc",
    "arm-gcc": "arm-linux-gnueabihf-gcc",
    "riscv64-gcc": "riscv64-linux-gnu-gcc",
    "s390x-gcc": "s390x-linux-gnu-gcc",
    "powerpc64le-gcc": "powerpc64le-linux-gnu-gcc",
    "qemu-aarch64": "qemu-aarch64",
    "qemu-arm": "qemu-arm",
    "qemu-riscv64": "qemu-riscv64",
    "qemu-s390x": "qemu-s390x",
    "qemu-ppc64le": "qemu-ppc64le",
}
config.available_features |= {feature for feature, program in programs.items() if found(program)}
config.available_features.add(f"{platform.machine()}-host")

# A profiler that may look: containers often forbid it.
if found("perf") and subprocess.run(["perf", "record", "-q", "-e", "cpu-clock", "-o", os.devnull, "true"],
                                    capture_output=True).returncode == 0:
    config.available_features.add("perf")

# Mach-O programs are linked by two versions of lld and run for both CPUs; what does that is all there or none of it.
runners = getattr(config, "macho_runners", os.path.join(build, "tests", "support", "macho-runner"))
config.environment["MACHO_RUNNERS"] = runners
config.environment["MACHO_SYSROOT"] = os.path.join(here, "support", "macho-sysroot")
if all(found(program) for program in ("clang-19", "ld64.lld-14", "ld64.lld-19", "qemu-aarch64",
                                      os.path.join(runners, "macho-runner-x86_64"),
                                      os.path.join(runners, "macho-runner-arm64"))):
    config.available_features.add("macho-runner")

# `llvm-19`: the dumpers are of that version; `llvm-19-or-newer` and the like: of that version at least.
version = prints(found("llvm-readobj") or "llvm-readobj", "--version").partition("LLVM version ")[2].split(".")[0]
if version.isdigit():
    config.available_features.add(f"llvm-{version}")
    config.available_features |= {f"llvm-{n}-or-newer" for n in range(14, int(version) + 1)}

# The LLVM that the tool itself is made of, and whether it is sanitized (memory and time limits do not hold then).
if getattr(config, "linkname_llvm_major", ""):
    config.available_features.add(f"built-with-llvm-{config.linkname_llvm_major}")
if getattr(config, "linkname_sanitize", ""):
    config.available_features.add("sanitized")
