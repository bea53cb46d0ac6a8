"""Archives that are asked about as files, under names that are no archive's. With a key of its own: `generate.py called` makes these alone anew."""
import io
import shutil
import zipfile
import layouts
from making import *

REFUSED = "export.archive-name"


def make():
    make_key("petra")
    kit = layouts.kit(who=("petra",))
    packed, zipped = gz(tar(kit)), commented(kit, b"<html><img src=x onerror=alert(1)></html>")
    for name, expect, about, content in [
            ("script", REFUSED, "a tar whose first words a shell would run", tar(kit)),
            ("page", REFUSED, "a zip whose comment a browser would show", zipped),
            ("nothing", REFUSED, "no ending says what it is, and what can be run has none", tar(kit)),
            ("tar", "trusted", "a tar called one", tar(kit)),
            ("upper", "trusted", "in capitals", packed),
            ("numbered", "trusted", "fetched a second time", packed),
            ("zip", "trusted", "a zip with a comment, called a zip", zipped)]:
        file = {"script": "install.sh", "page": "index.html", "nothing": "setup", "tar": "feeds.tar", "upper": "FEEDS.TGZ", "numbered": "feeds.tar.gz.1", "zip": "feeds.zip"}[name]
        case("archive-called-" + name, expect, about, (file, content), f"{file} --key ../_keys/petra.pem")
    case("archive-called-script-export", "trusted", "what lies in it is asked about, not the file", ("install.sh", tar(kit)), "install.sh --key ../_keys/petra.pem", "verify-export")


def commented(files, comment):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 22, 8, 30, 0)), content)
        archive.comment = comment
    return out.getvalue()


def case(name, expect, about, files, args, command="verify"):
    shutil.rmtree(HERE / name, ignore_errors=True)
    scenario(name, expect, about, files, args, command=command)
