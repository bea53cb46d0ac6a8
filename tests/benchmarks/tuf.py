"""trust import of what Sigstore publishes: every root of its history, then the targets, into an empty state. Needs ../shared/corpora."""
import hashlib
import shutil
import statistics
import subprocess
from pathlib import Path
from measure import Bench, ROOT, instructions, once

archive = ROOT.parent / "shared/corpora/trust-roots/production.tar.gz"
with Bench("tuf") as bench:
    if archive.exists():
        subprocess.run(["tar", "-xzf", str(archive)], check=True)
        roots = sorted(Path("production").rglob("*.root.json"), key=lambda path: int(path.name.split(".")[0]))
        pin = hashlib.sha256(roots[0].read_bytes()).hexdigest()
        command = [bench.kit, "trust", "import", "production", "--root-fingerprint", pin, "--at", "2026-08-22T00:00:00Z", "--state", "state"]
        runs = []
        for _ in range(20):
            runs.append(once(command))
            assert runs[-1]["status"] == 0, Path("said").read_text()
            shutil.rmtree("state")
        size = f"{len(roots)} roots"
        bench.row("import of Sigstore's whole history: processor time", statistics.median(run["processor"] for run in runs), size=size)
        bench.row("import of Sigstore's whole history: elapsed", statistics.median(run["elapsed"] for run in runs), size=size)
        bench.row("import of Sigstore's whole history: peak memory", max(run["memory"] for run in runs), unit="KiB", size=size)
    else:
        print("import of Sigstore's history: not measured, ../shared/corpora is missing")
