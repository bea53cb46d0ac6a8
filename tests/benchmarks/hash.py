"""How fast large files are read and hashed, beside openssl and minisign, at 10 MiB, 100 MiB and 1 GiB; and a folder of large files on every core. Needs 3 GiB of temporary space."""
import os
import subprocess
from pathlib import Path
from measure import Bench, keys, minisign, once, sign_pss

MIB = 1 << 20
with Bench("hash") as bench:
    keys()
    for size, name, runs in ((10 * MIB, "10 MiB", 15), (100 * MIB, "100 MiB", 9), (1024 * MIB, "1 GiB", 5)):
        with open("large", "wb") as large:
            large.truncate(size)
        Path("large").write_bytes(Path("large").read_bytes() if size < 200 * MIB else bytes(size))
        sign_pss("large")
        minisign("large")
        bench.compare("SHA-256 under RSA", [bench.kit, "verify", "large", "--signature", "large.sig", "--key", "rsa.pub", "--algorithm", "RSASSA_PSS_SHA_256"],
                      ["openssl", "dgst", "-sha256", "large"], runs, dict(processor=">= 1.0" if size > 500 * MIB else "", memory=""), "openssl dgst", name)
        bench.compare("BLAKE2b under minisign", [bench.kit, "verify", "large", "--signature", "large.minisig", "--key", "m.pub"],
                      ["minisign", "-V", "-q", "-m", "large", "-x", "large.minisig", "-p", "m.pub"], runs, dict(processor=">= 1.0" if size > 500 * MIB else "", memory=""), "minisign -V", name)
    os.mkdir("folder")
    os.rename("large", "folder/f000")
    for number in range(1, 128):
        subprocess.run(["cp", "--reflink=never", "/dev/null", f"folder/f{number:03}"], check=True)
        with open(f"folder/f{number:03}", "wb") as part:
            part.write(bytes(4 * MIB))
    subprocess.run("cd folder && sha256sum * > SHA256SUMS && rm f000 && sed -i /f000/d SHA256SUMS", shell=True, check=True)
    minisign("folder/SHA256SUMS")
    command = [bench.kit, "verify-export", "folder", "--key", "m.pub"]
    every, one = (min(once(command, processors)["elapsed"] for _ in range(5)) for processors in (os.sched_getaffinity(0), {min(os.sched_getaffinity(0))}))
    bench.row(f"a folder of 508 MiB: {len(os.sched_getaffinity(0))} cores against one, elapsed", every, one, wanted=">= 1.7" if len(os.sched_getaffinity(0)) > 1 else "", peer="one core")
