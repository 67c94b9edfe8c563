#!/usr/bin/env python3
"""Writes runtime/lib/unicode/tables.go: categories and case of all runes.

The tables' Unicode version is that of the Python that runs this; Go 1.23 has
15.0, which is Python 3.12's:  python3.12 tools/gen_unicode.py
"""
import os
import sys
import unicodedata

MAX = 0x110000
WANTED = "15.0.0"

# Bits of a class; the same names are constants in the output.
UPPER, LOWER, TITLE, LETTER, MARK, DIGIT, NUMBER, PUNCT = (
    1 << i for i in range(8))
SYMBOL, SPACE, CONTROL = 1 << 8, 1 << 9, 1 << 10
CLASS_OF = {
    "Lu": UPPER | LETTER, "Ll": LOWER | LETTER, "Lt": TITLE | LETTER,
    "Lm": LETTER, "Lo": LETTER, "Nd": DIGIT | NUMBER, "Nl": NUMBER,
    "No": NUMBER, "Zs": SPACE, "Cc": CONTROL,
}
for first, bit in (("M", MARK), ("P", PUNCT), ("S", SYMBOL)):
    for second in "ncedsifpokm":
        CLASS_OF.setdefault(first + second, bit)
# A run of letters that are upper and lower case in turn.
ALTERNATING_UPPER_FIRST = UPPER | LOWER | LETTER
ALTERNATING_LOWER_FIRST = UPPER | LOWER


def simple(full, other):
    """The one-rune mapping, where Python has the full one."""
    return full if len(full) == 1 else other


def upper(c):
    u = c.upper()
    if len(u) == 1:
        return u
    return simple(c.title(), c)


def lower(c):
    return "i" if c == "\u0130" else simple(c.lower(), c)


def title(c):
    return simple(c.title(), c)


def class_runs():
    """(start, class) for each run of equal classes, alternations merged."""
    classes = [CLASS_OF.get(unicodedata.category(chr(r)), 0)
               for r in range(MAX)]
    up, low = CLASS_OF["Lu"], CLASS_OF["Ll"]
    runs, r = [], 0
    while r < MAX:
        end = r + 1
        if classes[r] in (up, low):
            while (end < MAX and classes[end] in (up, low)
                   and classes[end] != classes[end - 1]):
                end += 1
        if end - r >= 4:
            if classes[end - 1] == classes[end]:
                end -= 1
            first = classes[r] == up
            runs.append((r, ALTERNATING_UPPER_FIRST if first
                         else ALTERNATING_LOWER_FIRST))
        else:
            end = r + 1
            while end < MAX and classes[end] == classes[r]:
                end += 1
            runs.append((r, classes[r]))
        r = end
    return runs


def case_runs():
    """(lo, hi, step, to upper, to lower, to title): equal distances, step 1 or
    2 apart."""
    deltas = {}
    for r in range(MAX):
        if 0xD800 <= r < 0xE000:
            continue
        c = chr(r)
        d = tuple(ord(f(c)) - r for f in (upper, lower, title))
        if d != (0, 0, 0):
            deltas[r] = d
    runs = []
    left = sorted(deltas)
    used = set()
    for r in left:
        if r in used:
            continue
        best = (r, 1)
        for step in (1, 2):
            end = r
            while (deltas.get(end + step) == deltas[r] and
                   (step == 1 or deltas.get(end + 1) != deltas[r])):
                end += step
            if (end - r) // step > (best[0] - r) // best[1]:
                best = (end, step)
        used.update(range(r, best[0] + 1, best[1]))
        runs.append((r, best[0], best[1]) + deltas[r])
    return runs


def orbits():
    """(from, to) where the next rune of the same letter is not simply the other
    case."""
    group = {}
    for r in range(MAX):
        if 0xD800 <= r < 0xE000:
            continue
        c = chr(r)
        u, l = ord(upper(c)), ord(lower(c))
        if r in (0x130, 0x131):
            continue
        if u == r and l == r:
            continue
        merged = set()
        for x in (r, u, l):
            merged |= group.get(x, {x})
        for x in merged:
            group[x] = merged
    out = []
    for r in sorted(group):
        members = sorted(group[r])
        following = members[(members.index(r) + 1) % len(members)]
        l, u = ord(lower(chr(r))), ord(upper(chr(r)))
        if following != (l if l != r else u):
            out.append((r, following))
    for r in (0x130, 0x131):
        out.append((r, r))
    return sorted(out)


def rows(out, items, per_line):
    for i in range(0, len(items), per_line):
        out.write("\t" + ", ".join(items[i:i + per_line]) + ",\n")


def main():
    if unicodedata.unidata_version != WANTED:
        sys.exit("gen_unicode.py: need a Python with Unicode %s, this has %s"
                 % (WANTED, unicodedata.unidata_version))
    here = os.path.dirname(os.path.abspath(__file__))
    path = os.path.join(here, "..", "runtime", "lib", "unicode", "tables.go")
    with open(path, "w") as out:
        out.write("package unicode\n\n"
                  "// Written by tools/gen_unicode.py; do not edit.\n\n"
                  "// Version is the Unicode version of the tables.\n"
                  'const Version = "%s"\n\n' % WANTED)
        runs = class_runs()
        out.write("// Each run of runes of one class: its first rune << 11 | "
                  "class.\nvar classRuns = [...]uint32{\n")
        rows(out, ["0x%x" % (r << 11 | c) for r, c in runs], 10)
        out.write("}\n\n// The classes of Latin-1.\nvar latin1 = [...]uint16{\n")
        rows(out, ["0x%x" % CLASS_OF.get(unicodedata.category(chr(r)), 0)
                   for r in range(256)], 13)
        out.write("}\n\n// Letters that have another case, by first rune.\n"
                  "var caseRuns = [...]caseRun{\n")
        rows(out, ["{0x%x, 0x%x, %d, [3]int32{%d, %d, %d}}" % t for t in case_runs()], 2)
        out.write("}\n\n// What SimpleFold gives, where not simply the other "
                  "case: from, to.\nvar orbits = [...]int32{\n")
        rows(out, ["0x%x, 0x%x" % t for t in orbits()], 5)
        out.write("}\n")
        print(len(runs), "class runs,", len(case_runs()), "case runs,",
              len(orbits()), "orbits")


main()
