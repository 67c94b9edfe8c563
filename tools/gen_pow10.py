#!/usr/bin/env python3
"""Writes runtime/lib/strconv/powers.go: powers of ten as 128-bit numbers."""
import os

FIRST, LAST = -342, 324


def power(k):
    """The top 128 bits of 10**k, rounded down."""
    if k >= 0:
        v = 10 ** k
        n = v.bit_length()
        return v >> (n - 128) if n > 128 else v << (128 - n)
    v = 10 ** -k
    q = (1 << (v.bit_length() + 128)) // v
    return q >> (q.bit_length() - 128)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    path = os.path.join(here, "..", "runtime", "lib", "strconv", "powers.go")
    words = []
    for k in range(FIRST, LAST + 1):
        p = power(k)
        assert p & (2 ** 64 - 1) != 2 ** 64 - 1
        words += ["0x%016x" % (p >> 64), "0x%016x" % (p & (2 ** 64 - 1))]
    with open(path, "w") as out:
        out.write("package strconv\n\n"
                  "// Written by tools/gen_pow10.py; do not edit.\n\n"
                  "const (\n\tfirstPower = %d\n\tlastPower  = %d\n)\n\n"
                  "// The top 128 bits of 10**k, rounded down, high word first, "
                  "for k from\n// firstPower to lastPower.  Exact for 0 <= k <= "
                  "55.\nvar powers = [...]uint64{\n" % (FIRST, LAST))
        for i in range(0, len(words), 4):
            out.write("\t" + ", ".join(words[i:i + 4]) + ",\n")
        out.write("}\n")


main()
