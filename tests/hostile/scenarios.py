"""Commands that change something on disk, and how one tells afterwards whether the old state or the new one is in force. Anything between is Broken."""
import json
from typing import Callable, NamedTuple
from world import KIT, SIGN, kit, pin, sign

OLD, NEW, CLOSED = "old", "new", "closed"


class Broken(Exception):
    """Neither the old state nor the new one."""


class Scenario(NamedTuple):
    """One command in the world's folder; `state` tells which state is in force, `again` whether the command may be given once more afterwards."""
    name: str
    command: Callable
    state: Callable
    stdout: str = ""
    again: bool = True


def one_of(seen, old, new, said):
    """The state that fits what was seen."""
    if seen == old:
        return OLD
    if seen == new:
        return NEW
    raise Broken(f"{seen}: {said}")


def trust(folder):
    """Old trust knows a and c, new trust a and b, and says that c is revoked."""
    runs = [kit(folder, "verify", f"{name}.txt", "--state", "state") for name in "abc"]
    return one_of([one.status for one in runs], [0, 1, 0], [0, 0, 1], [one.said for one in runs])


def accepted(folder):
    """Once version 2 of the kit is accepted, version 1 is refused; version 2 is good in both states."""
    runs = [kit(folder, "verify-export", f"feeds-{version}.tar", "--key", "packer.pub.pem", "--state", "accepted", "--dry-run") for version in "12"]
    whole_lines(folder / "accepted" / "audit.jsonl", all_but_last=True)
    return one_of([one.status for one in runs], [0, 0], [1, 0], [one.said for one in runs])


def whole_lines(file, all_but_last=False):
    """Every line is JSON; a cut may have left half of the last one, which the next writer takes back."""
    lines = file.read_text().split("\n") if file.exists() else [""]
    for line in lines[:-1] if all_but_last else filter(None, lines):
        try:
            json.loads(line)
        except ValueError as error:
            raise Broken(f"{file.name}: {line!r}") from error


def quarantined(folder):
    """The refused kit lies in its place or in quarantine, whole, and never in both or neither."""
    places = [one for one in (folder / "stranger.tar", *(folder / "aside").rglob("*")) if one.is_file() and one.read_bytes() == (folder / "feeds-2.tar").read_bytes()]
    return one_of([str(one.relative_to(folder)).split("/")[0] for one in places], ["stranger.tar"], ["aside"], places)


def page(folder):
    """The page is the earlier one or the new one, to its end."""
    text = (folder / "page.html").read_text()
    if not text.rstrip().endswith("</html>"):
        raise Broken("half a page")
    return NEW if "c.txt" in text else OLD


def signature(folder):
    """No signature, or one that holds."""
    if not (folder / "out.minisig").exists():
        return OLD
    one = kit(folder, "verify", "a.txt", "--signature", "out.minisig", "--key", "a.pub")
    return one_of(one.status, None, 0, one.said)


def replaced(folder):
    """The signature holds in both states, and says which it is."""
    one = kit(folder, "verify", "a.txt", "--key", "a.pub", "--signature", "a.txt.minisig")
    return one_of((one.status, "second" in one.out), (0, False), (0, True), one.said)


def envelope(folder):
    """One signer before, two after."""
    runs = [kit(folder, "verify-envelope", "a.intoto.json", "a.txt", "--key", "root.pub.pem", "--key", "packer.pub.pem", "--threshold", count) for count in "12"]
    return one_of([one.status for one in runs], [0, 1], [0, 0], [one.said for one in runs])


def bundles(folder):
    """One bundle a line, before and after."""
    whole_lines(folder / "a.jsonl")
    count = len((folder / "a.jsonl").read_text().splitlines())
    good = kit(folder, "verify", "a.txt", "--signature", "a.jsonl", "--key", "root.pub.pem")
    return one_of((count, good.status), (1, 0), (2, 0), good.said)


def keys(folder):
    """No key, or both halves, of which the public one verifies what the secret one signs; or, between the two files, the secret one, which nobody trusts yet."""
    there = [(folder / name).exists() for name in ("d.key", "d.pub")]
    if there == [True, True]:
        one = sign(folder, "sign", "a.txt", "--key", "d.key", "-o", "d.minisig", "--force")
        two = kit(folder, "verify", "a.txt", "--signature", "d.minisig", "--key", "d.pub")
        return one_of([one.status, two.status], None, [0, 0], one.said + two.said)
    return CLOSED if there == [True, False] else one_of(there, [False, False], None, there)


def packed(folder):
    """No kit, or one that verifies."""
    if not (folder / "feeds-3.tar").exists():
        return OLD
    one = kit(folder, "verify-export", "feeds-3.tar", "--key", "packer.pub.pem")
    return one_of(one.status, None, 0, one.said)


def logged(folder):
    """The audit log is a whole chain, and no signature is there of which it does not tell. (Requests that were cut or failed stand there as well.)"""
    one = sign(folder, "audit", "verify", "log", "--public-key", "b.pub")
    lines, made = [line for line in (folder / "log").read_text().splitlines() if line], (folder / "second.minisig").exists()
    if one.status or made and len(lines) < 2:
        raise Broken(f"{len(lines)} lines, signature {made}: {one.said}")
    return NEW if made else OLD


def repository(folder):
    """What is published is the old trust or the new, for one who imports it from the beginning; or, between two files of it, nobody takes it."""
    one = kit(folder, "trust", "import", "work", "--root-fingerprint", pin(folder), "--state", "fresh")
    if one.status == 1:
        return CLOSED
    runs = [kit(folder, "verify", f"{name}.txt", "--state", "fresh") for name in "abc"]
    return one_of([run.status for run in runs], [0, 1, 0], [0, 0, 1], [run.said for run in runs])


def results(folder):
    """Whole lines; no file that nobody trusted signed is called trusted; with the summary the run is complete."""
    whole_lines(folder / "results", all_but_last=True)
    lines = [json.loads(line) for line in (folder / "results").read_text().split("\n")[:-1]]
    if any(line.get("trusted") and line["artifact"]["name"] != "a.txt" for line in lines if "artifact" in line):
        raise Broken("trusted without a reason")
    return NEW if lines and lines[-1].get("summary", {}).get("complete") else OLD


ALL = (
    Scenario("trust import", lambda f: [KIT, "trust", "import", "repo-new", "--state", "state"], trust),
    Scenario("verify-export --state", lambda f: [KIT, "verify-export", "feeds-2.tar", "--key", "packer.pub.pem", "--state", "accepted"], accepted),
    Scenario("verify-export --quarantine", lambda f: [KIT, "verify-export", "stranger.tar", "--key", "a.pub", "--quarantine", "aside"], quarantined, again=False),
    Scenario("report --html", lambda f: [KIT, "report", "complete", "--html", "page.html"], page),
    Scenario("verify --batch", lambda f: [KIT, "verify", "--batch", "list", "--key", "a.pub", "--output", "ndjson"], results, stdout="results"),
    Scenario("sign", lambda f: [SIGN, "sign", "a.txt", "--key", "a.key", "-o", "out.minisig"], signature, again=False),
    Scenario("sign --force", lambda f: [SIGN, "sign", "a.txt", "--key", "a.key", "--trusted-comment", "second", "--force"], replaced),
    Scenario("sign --append (dsse)", lambda f: [SIGN, "sign", "a.txt", "--format", "dsse", "--key", "packer.pem", "--append", "a.intoto.json"], envelope, again=False),
    Scenario("sign --append (sigstore)", lambda f: [SIGN, "sign", "a.txt", "--format", "sigstore", "--key", "packer.pem", "--append", "a.jsonl"], bundles, again=False),
    Scenario("keygen", lambda f: [SIGN, "keygen", "-s", "d.key", "-p", "d.pub", "-W"], keys, again=False),
    Scenario("export pack", lambda f: [SIGN, "export", "pack", "content", "--name", "feeds", "--version", "3", "--key", "packer.pem", "-o", "feeds-3.tar"], packed, again=False),
    Scenario("sign --audit-log", lambda f: [SIGN, "sign", "a.txt", "--key", "a.key", "-o", "second.minisig", "--audit-log", "log", "--audit-key", "b.key"], logged, again=False),
    Scenario("trust publish", lambda f: [SIGN, "trust", "publish", "work", "--key", "root.pem"], repository),
)
