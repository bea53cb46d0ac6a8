"""What scripts that write docs/measurements.md share: the facts of the machine, and the sections of each."""
import datetime
import os
import platform
import re
import subprocess
from pathlib import Path


def line_of(*command):
    """The first line that a program says about itself."""
    try:
        said = subprocess.run(command, capture_output=True, text=True)
        lines = [line for line in (said.stdout + said.stderr).splitlines() if re.search(r"\d", line)]
        return lines[0].strip()[:80] if lines else "?"
    except FileNotFoundError:
        return "not there"


def machine():
    """What figures were taken on, and when."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1]) >> 20
    system = re.search(r'PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text())[1]
    load = os.getloadavg()[0]
    return [("measured", f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC"), ("machine", f"{cpu[1] if cpu else '?'}, {os.cpu_count()} cores, {memory} GiB, {system}, Linux {platform.release()}"),
            ("load", f"{load:.1f} runnable processes a minute before the end" + (": not idle, so that times are noisy; ratios and instructions count" if load > os.cpu_count() else ""))]


def marks(name):
    """What stands before and behind a section that another script writes."""
    return f"<!-- {name}: written by tests/{name} -->", f"<!-- end of {name} -->"


def kept(page):
    """The sections of other scripts."""
    return re.findall(r"^<!-- (?:\w+): written by tests/\w+ -->\n.*?^<!-- end of \w+ -->\n", page.read_text() if page.exists() else "", re.M | re.S)


def write_whole(page, lines):
    """Writes the page anew; the sections of other scripts stay."""
    others = kept(page)
    page.write_text("\n".join(lines).rstrip() + "\n" + "".join("\n" + section for section in others))


def put(page, name, lines):
    """Writes one section, where it was or at the end."""
    before, behind = marks(name)
    section = "\n".join([before, *lines, behind]) + "\n"
    text = page.read_text()
    old = next((one for one in kept(page) if one.startswith(before)), None)
    page.write_text(text.replace(old, section) if old else text.rstrip() + "\n\n" + section)
