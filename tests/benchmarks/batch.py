"""Many files in one run: 10,000 Sigstore bundles against one process each, two cores against one, and a list of a million lines in flat memory. Needs ../shared/corpora."""
import os
import statistics
import subprocess
import sys
from pathlib import Path
from measure import Bench, ROOT, in_turn, keys, minisign, once

corpus = ROOT.parent / "shared/corpora/sigstore-conformance/bundle-verify"
LINES = int(os.environ.get("LINES_OF_LIST", 1_000_000))
with Bench("batch") as bench:
    who = ["--certificate-identity-prefix", "https://", "--certificate-oidc-issuer", "https://token.actions.githubusercontent.com"]
    if corpus.exists():
        bundle = (corpus / "happy-path-v0.3/bundle.sigstore.json").read_bytes()
        for count in (100, 1_000, 10_000):
            with open("list.ndjson", "w") as lines:
                for number in range(count):
                    Path(f"b{number}.sigstore.json").write_bytes(bundle)
                    lines.write(f'{{"path":"{corpus}/a.txt","signaturePath":"b{number}.sigstore.json"}}\n')
            all_cores = [bench.kit, "verify", "--batch", "list.ndjson", *who]
            runs = 5 if count < 10_000 else 3
            many = [once([*all_cores, "--jobs", "2"], set(list(os.sched_getaffinity(0))[:2])) for _ in range(runs)]
            bench.row("Sigstore bundles in one batch, two cores", statistics.median(run["elapsed"] for run in many), size=f"{count:,}")
            bench.row("Sigstore bundles in one batch: peak memory", max(run["memory"] for run in many), unit="KiB", size=f"{count:,}")
        one = [once([*all_cores, "--jobs", "1"], {min(os.sched_getaffinity(0))}) for _ in range(3)]
        single = [bench.kit, "verify", f"{corpus}/a.txt", "--signature", "b1.sigstore.json", *who]
        each = statistics.median(run["processor"] for run in in_turn([single], 100)[0])
        bench.row("10,000 bundles in one process against one process each, processor time a bundle", statistics.median(run["processor"] for run in many) / 10_000, each, wanted=">= 25", peer="one process each")
        bench.row("10,000 bundles: two cores against one, elapsed", min(run["elapsed"] for run in many), min(run["elapsed"] for run in one), wanted=">= 1.9", peer="one core")
    else:
        print("bundles: not measured, ../shared/corpora is missing")

    # A thousand names of one file in a thousand names of one folder: a million entries, and nothing to write.
    keys()
    os.mkdir("files")
    Path("files/f0").write_text("a small release\n")
    minisign("files/f0")
    for number in range(1, 1000):
        os.link("files/f0", f"files/f{number}")
        os.link("files/f0.minisig", f"files/f{number}.minisig")
    for number in range(1000):
        os.symlink("files", f"l{number}")
    first = None
    for count in (LINES // 100, LINES // 10, LINES):
        with open("list.txt", "w") as lines:
            lines.writelines(f"l{number % 1000}/f{number // 1000}\n" for number in range(count))
        run = once([bench.kit, "verify", "--batch", "list.txt", "--key", "m.pub"])
        assert run["status"] == 0, Path("said").read_text()
        first = first or run["memory"]
        bench.row("lines of a list, minisign: elapsed", run["elapsed"], size=f"{count:,}")
        bench.row("lines of a list, minisign: peak memory", run["memory"], unit="KiB", size=f"{count:,}")
    bench.row("lines of a list: memory of the longest against the shortest", run["memory"], first, "KiB", "<= 1.5", peer="a hundredth of the lines")
