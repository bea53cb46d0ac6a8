"""What the makers of this folder share: both programs (OFFLINEKIT and OFFLINEKIT_SIGN name their command lines), and a folder for keys that are thrown away."""
import hashlib, os, shlex, subprocess, tempfile

os.chdir(os.path.dirname(os.path.abspath(__file__)))
OFFLINEKIT, SIGN = (shlex.split(os.environ[name]) for name in ("OFFLINEKIT", "OFFLINEKIT_SIGN"))
WORK = tempfile.mkdtemp()
run = lambda *args, cwd=None: subprocess.run(args, check=True, capture_output=True, cwd=cwd).stdout
sha256 = lambda content: hashlib.sha256(content).hexdigest()
read = lambda path: open(path, "rb").read()
