"""Loads what became of the large image: its functions, its block of data, and whether it offers what the small one does."""

import ctypes
import subprocess
import sys

before, after, small = sys.argv[1:]
library = ctypes.CDLL("./" + after)
print("called:", library.inner(41), library.outer(), library.also_outer(), library.kept())


def block(path):
    start = ctypes.addressof((ctypes.c_char * 12000000).in_dll(ctypes.CDLL("./" + path), "block"))
    return ctypes.string_at(start, 12000000)


print("the block is as it was" if block(before) == block(after) else "the block has changed")


def names(path):
    listing = subprocess.run(["nm", "-D", "--defined-only", path], check=True, capture_output=True, text=True).stdout
    return {line.split()[-1] for line in listing.splitlines() if "name_" not in line}


print("nothing else has changed" if names(after) == names(small) else names(after) ^ names(small))
