"""The figures of signing (signing.sh) and of the signing service (signer.sh, where it is there), as those scripts print them."""
import json
import os
import subprocess
from measure import HERE, KIT

for part, script, program in (("signing", "signing.sh", "offlinekit-sign"), ("signer", "signer.sh", "offlinekit-signer")):
    if not (HERE / script).exists() or not (KIT.parent / program).exists():
        print(f"{part}: not measured, {script if not (HERE / script).exists() else program} is not there")
        continue
    run = subprocess.run(["sh" if script == "signing.sh" else "bash", str(HERE / script), str(KIT.parent / program)], capture_output=True, text=True)
    text = run.stdout.strip() if run.returncode == 0 else f"{script} failed: {(run.stderr or run.stdout).strip().splitlines()[-1:]}"
    print(text)
    if "ROWS" in os.environ:
        with open(os.environ["ROWS"], "a") as rows:
            rows.write(json.dumps(dict(part=part, text=text)) + "\n")
