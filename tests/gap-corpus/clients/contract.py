"""What the adapters share: the question of the command line, and the answer as an exit status."""
import os
import shutil
import subprocess
import sys
import traceback
from typing import NamedTuple

ACCEPTED, REFUSED, BROKEN, NOT_SUPPORTED, FORM_UNKNOWN = 0, 1, 2, 3, 4


class Said(NamedTuple):
    """How a program ended, and what it printed."""
    status: int
    out: str


def program(name, *elsewhere):
    """The path of a program; the adapter ends as not supported where it is not installed."""
    found = next((path for path in (shutil.which(name), *elsewhere) if path and os.path.exists(path)), None)
    if not found:
        print(f"{name} is not installed")
        sys.exit(NOT_SUPPORTED)
    return found


def run(*command, stdin=None, **environment):
    """Runs a program in the present folder, which is empty and goes afterwards."""
    given = open(stdin, "rb") if stdin else subprocess.DEVNULL
    child = subprocess.run([str(word) for word in command], stdin=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "LC_ALL": "C.UTF-8", **environment})
    return Said(child.returncode, child.stdout.decode("utf-8", "replace"))


def by_status(said, unknown=()):
    """Accepted by status 0; one that a signal ended is broken; words that say that a form is not known make it unknown."""
    print(said.out.strip())
    if said.status < 0:
        return BROKEN
    if said.status == 0:
        return ACCEPTED
    return FORM_UNKNOWN if any(word in said.out for word in unknown) else REFUSED


def main(operations, version):
    """Answers one question, --version or --operations."""
    if sys.argv[1:] == ["--version"]:
        print(version())
        return
    if sys.argv[1:] == ["--operations"]:
        print(*operations)
        return
    operation, *words = sys.argv[1:]
    if operation not in operations:
        sys.exit(NOT_SUPPORTED)
    try:
        answer = operations[operation](**dict(word.split("=", 1) for word in words))
    except Exception:  # a fault of the adapter must not look like a refusal
        traceback.print_exc()
        answer = BROKEN
    sys.exit(answer)


def first_line(*command):
    """The first line with a digit that a program prints about itself."""
    lines = [line.strip() for line in run(*command).out.splitlines() if any(c.isdigit() for c in line)]
    return lines[0] if lines else "?"
