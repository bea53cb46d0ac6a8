"""Bytes and numbers that follow from a public string: whoever reads this file has every private key of the corpus."""
import hashlib

PURPOSE = "gap corpus, test keys, never trust: "


def octets(label, count):
    """That many bytes for a label."""
    return hashlib.shake_256((PURPOSE + label).encode()).digest(count)


def number(label, bound):
    """A number below the bound."""
    return int.from_bytes(octets(label, (bound.bit_length() + 7) // 8 + 16), "big") % bound
