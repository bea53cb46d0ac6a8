"""Questions that are to be answered "not trusted" whatever the machine does, because of something that the program has to read."""
from typing import Callable, NamedTuple
from world import KIT


class Question(NamedTuple):
    """What has to be refused, and which file says so."""
    name: str
    because: str
    command: Callable


def of(*words):
    return lambda folder: [KIT, *words]


REFUSED = (
    Question("revoked in imported trust", "revocations.json of the state", of("verify", "c.txt", "--state", "state-new", "--key", "c.pub")),
    Question("of an older kit", "accepted.json of the state", of("verify-export", "feeds-1.tar", "--key", "packer.pub.pem", "--state", "accepted-new", "--dry-run")),
    Question("edited file", "the file", of("verify", "edited.txt", "--key", "a.pub")),
    Question("another name than the policy demands", "the policy", of("verify", "a.txt", "--key", "a.pub", "--policy", "policy.yaml")),
    Question("unlisted file in a folder", "the folder's entries", of("verify-export", "release", "--key", "a.pub")),
    Question("changed file of a signed list", "the list and the file", of("verify-export", "changed", "--key", "a.pub")),
    Question("expired trust", "import.json and the metadata", of("verify", "a.txt", "--state", "state", "--max-trust-age", "1", "--at", "2027-01-15T00:00:00Z")),
)
GOOD = (
    Question("a signed file", "", of("verify", "a.txt", "--key", "a.pub")),
    Question("by imported trust", "", of("verify", "a.txt", "--state", "state-new")),
    Question("a kit", "", of("verify-export", "feeds-2.tar", "--key", "packer.pub.pem", "--state", "accepted-new", "--dry-run")),
)
