"""A log of three entries, signed by bob, and a receipt for the second one."""
from making import *

LEAVES = [hashlib.sha256(b"\0entry %d" % i).digest() for i in range(3)]


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


ROOT = node(node(LEAVES[0], LEAVES[1]), LEAVES[2])


def log_checkpoint(root=ROOT):
    text = f"log.example - 7\n3\n{b64(root)}\n"
    return f"{text}\n\u2014 log.example {b64(bytes(4) + raw('bob', text.encode()))}\n"


def receipt(more=None, **changes):
    value = {"uuid": LEAVES[1].hex(), "logIndex": 1, "rootHash": ROOT.hex(), "hashes": [LEAVES[0].hex(), LEAVES[2].hex()], "checkpoint": log_checkpoint(), **changes}
    return indented({**value, "more": more} if more else value)


def logged(envelope, who="alice", **changes):
    """The body of a dsse entry for `envelope`, and a receipt for it."""
    said, key = json.loads(envelope), (HERE / "_keys" / f"{who}.pem").read_bytes()
    body = canonical({"apiVersion": "0.0.1", "kind": "dsse", "spec": {
        "envelopeHash": {"algorithm": "sha256", "value": sha(envelope)}, "payloadHash": {"algorithm": "sha256", "value": sha(base64.b64decode(said["payload"]))},
        "signatures": [{"signature": said["signatures"][0]["sig"], "verifier": b64(key)}], **changes}})
    leaf = hashlib.sha256(b"\0" + body).digest()
    root = node(node(LEAVES[0], leaf), LEAVES[2])
    return body, receipt(uuid="24296fb24b8ad77a" + leaf.hex(), rootHash=root.hex(), checkpoint=log_checkpoint(root))
