"""Faults at single system calls, by strace, which reaches static programs too: the process is killed before the call, or the call fails."""
import collections
import re
import shutil
import subprocess
from typing import NamedTuple
from world import run

WRITES = "write pwrite64 writev pwritev rename renameat renameat2 link linkat unlink unlinkat mkdir mkdirat rmdir ftruncate truncate fsync fdatasync openat open fchmod chmod fchmodat fchown symlink symlinkat fallocate copy_file_range sendfile flock"
READS = "read pread64 openat open getdents64 newfstatat fstat stat lstat statx readlink readlinkat mmap"
LINE = re.compile(r"^(?P<thread>\d+) +(?P<call>\w+)\((?P<rest>.*)$")


class Point(NamedTuple):
    """The n-th call of one name in a thread."""
    call: str
    number: int


def may_trace():
    """True where this process may watch its children."""
    if not shutil.which("strace"):
        return False
    child = subprocess.run(["strace", "-f", "-o", "/dev/null", "-e", "inject=write:signal=KILL:when=1", "echo", "x"], capture_output=True)
    return child.returncode == -9 or child.returncode == 137


def points(command, folder, calls, wanted, stdout=None):
    """Every call of the command, by name and number, whose line `wanted` takes; and how the command ended."""
    log = folder / "strace.log"
    done = run(command, folder, before=["strace", "-f", "-qq", "-y", "-o", str(log), "-e", "trace=" + ",".join("?" + one for one in calls.split())], stdout=stdout)
    counts, found = collections.Counter(), {}
    for line in log.read_text(errors="replace").splitlines():
        match = LINE.match(line)
        if match:
            counts[match["thread"], match["call"]] += 1
            if wanted(match["call"], match["rest"]):
                found[Point(match["call"], counts[match["thread"], match["call"]])] = None
    log.unlink()
    return list(found), done


def changes(folder, stdout):
    """Calls that change a file below the folder: `wanted` of `points` for what is written."""
    place = str(folder)

    def wanted(call, rest):
        if call in ("openat", "open"):
            return place in rest and re.search(r"O_WRONLY|O_RDWR|O_CREAT", rest) is not None
        return place in rest and "strace.log" not in rest
    return wanted


def looks(folder):
    """Calls that look at a file below the folder, and not at the program itself."""
    place = str(folder)
    return lambda call, rest: place in rest and "strace.log" not in rest


def killed(point):
    """The words before a command that is killed as it makes this call."""
    return injected(point, "signal=KILL")


def failing(point, error):
    """The words before a command for which this call fails."""
    return injected(point, f"error={error}")


def injected(point, what):
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={point.call}", "-e", f"inject={point.call}:{what}:when={point.number}"]
