#!/usr/bin/env python3
"""archives.py BEFORE AFTER: holds a rewritten archive or universal file against what it was, and shares nothing with the tool.

Order, names, dates, owners, modes, padding and all members that were not rewritten have to be the same; sizes, places and
alignments have to fit; every index has to name headers, in the order of its kind, and to say of each member what it said,
or where the member changed, what llvm-nm says of it. Prints the places of the members that changed, one a line.
Objects that changed are handed to the checker of their format, and the index to LLVM, unless BARE is set.
"""

import collections
import os
import struct
import subprocess
import sys
import tempfile

tools = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "cases/tools")
indices = {"gnu", "gnu64", "coff", "bsd", "bsd64"}


class Wrong(Exception):
    pass


def require(holds, what):
    if not holds:
        raise Wrong(what)


Member = collections.namedtuple("Member", "role name fields header data contents padding prefix")


def is_archive(data):
    return data[:8] in (b"!<arch>\n", b"!<thin>\n")


def is_universal(data):
    return data[:4] in (b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf") and len(data) >= 8 and data[7] < 43


def members(data):
    """Every member, the indices and the long names included."""
    require(is_archive(data), "no archive")
    thin = data.startswith(b"!<thin>\n")
    result, names, at = [], b"", 8
    while at < len(data):
        header = data[at:at + 60]
        require(len(header) == 60 and header[58:] == b"`\n", f"no header at {at}")
        field, size = header[:16].rstrip(), int(header[48:58])
        start, prefix, role, name = at + 60, b"", "ordinary", field
        if field.startswith(b"#1/"):
            length = int(field[3:])
            prefix = data[start:start + length]
            name = prefix.split(b"\0")[0]
        elif field == b"/":
            role = "coff" if result and result[0].role == "gnu" else "gnu"
        elif field == b"/SYM64/":
            role = "gnu64"
        elif field == b"//":
            role = "names"
        elif field.startswith(b"/<"):
            role = "special"
        elif field.startswith(b"/"):
            rest = names[int(field[1:].split(b":")[0]):]
            name = rest[:min((rest + b"\n").index(b"\n"), (rest + b"\0").index(b"\0"))]
        if role == "ordinary" and name.startswith(b"__.SYMDEF"):
            role = "bsd64" if name.startswith(b"__.SYMDEF_64") else "bsd"
        elif role == "ordinary":
            name = name[:-1] if name.endswith(b"/") else name
        outside = thin and role == "ordinary"
        end = at + 60 if outside else at + 60 + size
        require(end <= len(data), f"the member at {at} reaches past the end")
        contents = data[start + len(prefix):end]
        padding = b"" if outside else data[end:end + end % 2]
        if role == "names":
            names = contents
        result.append(Member(role, name, header, at, start + len(prefix), contents, padding, prefix))
        at = end + len(padding)
    return result


def index(member, all_members):
    """(name, position of the member) of every entry, and the list of members of a COFF library."""
    data, place = member.contents, {m.header: i for i, m in enumerate(all_members)}

    def words(form, at, count):
        return struct.unpack_from(form[0] + str(count) + form[1], data, at)

    def strings(at, count):
        return data[at:].split(b"\0")[:count]

    listed = []
    if member.role in ("gnu", "gnu64"):
        form, size = ((">I", 4), (">Q", 8))[member.role == "gnu64"]
        count, = words(form, 0, 1)
        offsets = words(form, size, count)
        names = strings(size + size * count, count)
    elif member.role == "coff":
        count, = words("<I", 0, 1)
        listed = words("<I", 4, count)
        symbols, = words("<I", 4 + 4 * count, 1)
        offsets = [listed[number - 1] for number in words("<H", 8 + 4 * count, symbols)]
        require(0 not in words("<H", 8 + 4 * count, symbols), "a member number of 0")
        names = strings(8 + 4 * count + 2 * symbols, symbols)
    else:
        letter, size = ("I", 4) if member.role == "bsd" else ("Q", 8)
        for order in "<>":
            form = order + letter
            length, = words(form, 0, 1)
            if length % (2 * size) == 0 and length + 2 * size <= len(data):
                bytes_of_names, = words(form, size + length, 1)
                if length + 2 * size + bytes_of_names <= len(data):
                    break
        else:
            raise Wrong("no index of BSD's form")
        pairs = words(form, size, length // size)
        table = data[2 * size + length:2 * size + length + bytes_of_names]
        names = [table[at:table.index(b"\0", at)] for at in pairs[::2]]
        offsets = pairs[1::2]
    require(len(names) == len(offsets), "fewer names than entries")
    for offset in list(offsets) + list(listed):
        require(offset in place, f"the index points to {offset}, where no member begins")
    return [(name, place[offset]) for name, offset in zip(names, offsets)], [place[offset] for offset in listed]


def rows(data):
    """(cpu, subtype, offset, size, alignment) of every slice."""
    wide, (count,) = data[3] == 0xBF, struct.unpack_from(">I", data, 4)
    form = ">IIQQII" if wide else ">IIIII"
    return [struct.unpack_from(form, data, 8 + i * struct.calcsize(form))[:5] for i in range(count)]


def defined(data):
    """What an index should know of an object, and the weak names of COFF, which llvm-nm shows alike defined and undefined."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        listed = subprocess.run(["llvm-nm-19", "--format=posix", "--no-demangle", "--extern-only", file.name],
                                capture_output=True, text=True, check=False).stdout
    names, perhaps = collections.Counter(), collections.Counter()
    is_coff = data[:2] in (b"\x64\x86", b"\x4c\x01", b"\x64\xaa", b"\xc4\x01", b"\0\0")
    for line in listed.splitlines():
        name, kind = line.split()[:2]
        # The default of a weak name of COFF is found by number, not by name.
        if kind not in "Uwv" and not name.startswith(".weak."):
            (perhaps if is_coff and kind == "W" else names)[name.encode()] += 1
    return names, perhaps


def same_object(old, new):
    checker = None
    if new[:4] == b"\x7fELF":
        checker = "same-sections.py"
    elif new[:4] in (b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa\xcf", b"\xfe\xed\xfa\xce"):
        checker = "same-macho.py"
    elif new[:2] in (b"\x64\x86", b"\x4c\x01", b"\x64\xaa", b"\xc4\x01", b"\0\0"):
        checker = "same-coff.py"
    require(checker, "changed, and is no object")
    if "BARE" in os.environ:
        return
    with tempfile.NamedTemporaryFile() as before, tempfile.NamedTemporaryFile() as after:
        for file, data in ((before, old), (after, new)):
            file.write(data)
            file.flush()
        done = subprocess.run([sys.executable, os.path.join(tools, checker), before.name, after.name],
                              capture_output=True, text=True, check=False)
        require(done.returncode == 0, done.stdout + done.stderr)


def same_index(old, new, old_members, new_members, changed):
    (was, was_listed), (now, listed) = index(old, old_members), index(new, new_members)
    require(was_listed == [one for one in listed if one in was_listed or one not in changed], "another list of members")
    # Where a form knows a name once, an unchanged member may follow one that gave the name up.
    given_up = {name for name, position in was if position in changed}
    kept = [entry for entry in was if entry[1] not in changed]
    known = set(kept)
    still = [entry for entry in now if entry[1] not in changed and (entry in known or entry[0] not in given_up)]
    require(sorted(kept) == sorted(still), "another entry of an unchanged member")
    if old.role == "coff" or b"SORTED" in old.name:
        names = [name for name, _ in now]
        require(names == sorted(names), "the names are not sorted")
    else:
        require(kept == still, "entries have changed places")
        positions = [position for _, position in was]
        if positions == sorted(positions):
            require([p for _, p in now] == sorted(p for _, p in now), "entries are not in the order of the members")
    for position in changed:
        def entries(index):
            return collections.Counter(name for name, member in index if member == position)
        if is_universal(new_members[position].contents) or is_archive(new_members[position].contents):
            continue
        true_before, perhaps_before = defined(old_members[position].contents)
        true_now, perhaps_now = defined(new_members[position].contents)
        if not entries(was) - true_before - perhaps_before:
            too_much = entries(now) - true_now - perhaps_now
            require(not too_much, f"the index says {too_much} too much of member {position}")
        if not true_before - entries(was):
            too_little = true_now - entries(now)
            require(not too_little, f"the index says {too_little} too little of member {position}")
        if not set(true_before) - {name for name, _ in was}:
            missing = set(true_now) - {name for name, _ in now}
            require(not missing, f"the index does not know {missing}")


def compare(old, new, place=""):
    """Yields the places of what changed."""
    if old == new:
        return
    if is_archive(old):
        require(old[:8] == new[:8], f"{place}: another magic number")
        before, after = members(old), members(new)
        require(len(before) == len(after), f"{place}: another number of members")
        changed = []
        for position, (one, other) in enumerate(zip(before, after)):
            here = f"{place}({one.name.decode(errors='replace')})"
            is_index = one.role in indices
            date = slice(0, 16) if is_index and one.fields[16:18] != b"0 " else slice(0, 28)
            require(one.role == other.role and one.name == other.name and one.prefix == other.prefix and
                    one.fields[date] == other.fields[date] and one.fields[28:48] == other.fields[28:48],
                    f"{here}: another header")
            require(is_index or one.padding == other.padding, f"{here}: another padding")
            if is_index:
                continue
            if one.contents != other.contents:
                changed.append(position)
                yield from compare(one.contents, other.contents, here)
            alignment = 8 if any(m.role in ("bsd", "bsd64") for m in before) else 2
            require(one.data % alignment == other.data % alignment, f"{here}: another alignment")
        for one, other in zip(before, after):
            if one.role in indices:
                same_index(one, other, before, after, changed)
    elif is_universal(old):
        before, after = rows(old), rows(new)
        require(len(before) == len(after), f"{place}: another number of architectures")
        end = 0
        for one, other in sorted(zip(before, after), key=lambda pair: pair[0][2]):
            here = f"{place}[{one[0] & 0xFFFFFF:#x}]"
            require(one[:2] == other[:2] and one[4] == other[4], f"{here}: another architecture")
            require(other[2] % (1 << other[4]) == 0 and other[2] >= end, f"{here}: another alignment, or an overlap")
            end = other[2] + other[3]
            require(end <= len(new), f"{here}: reaches past the end")
            yield from compare(old[one[2]:one[2] + one[3]], new[other[2]:end], here)
    else:
        try:
            same_object(old, new)
        except Wrong as wrong:
            raise Wrong(f"{place}: {wrong}") from None
        yield place


def same_as_llvm_reads(path, data):
    """Holds the index as it was read here against how LLVM reads it."""
    listed = subprocess.run(["llvm-nm-19", "--print-armap", "--no-demangle", path], capture_output=True, text=True, check=False)
    armap = listed.stdout.partition("Archive map\n")[2].partition("\n\n")[0]
    found = members(data)
    tables = [one for one in found if one.role in indices]
    here = [f"{name.decode()} in {found[i].name.decode()}" for name, i in index(tables[-1], found)[0]] if tables else []
    require(sorted(armap.splitlines()) == sorted(here), f"LLVM reads another index: {armap}")


def main():
    with open(sys.argv[1], "rb") as before, open(sys.argv[2], "rb") as after:
        try:
            data = after.read()
            for place in compare(before.read(), data):
                print("changed", place)
            if data.startswith(b"!<arch>\n") and "BARE" not in os.environ:
                same_as_llvm_reads(sys.argv[2], data)
        except Wrong as wrong:
            sys.exit(f"{sys.argv[2]}: {wrong}")


if __name__ == "__main__":
    main()
