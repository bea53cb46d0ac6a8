"""A log of three entries, signed by bob, and a receipt for the second one."""
from making import *

LEAVES = [hashlib.sha256(b"\0entry %d" % i).digest() for i in range(3)]


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


ROOT = node(node(LEAVES[0], LEAVES[1]), LEAVES[2])


def log_checkpoint():
    text = f"log.example - 7\n3\n{b64(ROOT)}\n"
    return f"{text}\n\u2014 log.example {b64(bytes(4) + raw('bob', text.encode()))}\n"


def receipt(more=None, **changes):
    value = {"uuid": LEAVES[1].hex(), "logIndex": 1, "rootHash": ROOT.hex(), "hashes": [LEAVES[0].hex(), LEAVES[2].hex()], "checkpoint": log_checkpoint(), **changes}
    return indented({**value, "more": more} if more else value)
