#!/bin/sh
# Takes the public-good Sigstore trusted root and the npm registry's keys from the seeds of the npm package @sigstore/tuf,
# shows what changed, and writes them into trust-roots/. Needs: npm, python3. Run it on a connected machine, review, commit.
#
#   build/refresh-trust-roots.sh            the package's latest version
#   build/refresh-trust-roots.sh 5.0.1      this version
#   build/refresh-trust-roots.sh --check    exit 1 when the bundled files differ from the package's; nothing is written
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
check=false; version=latest
for argument in "$@"; do
    case $argument in
        --check) check=true ;;
        *) version=$argument ;;
    esac
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack "@sigstore/tuf@$version" --silent >/dev/null && tar -xzf ./*.tgz)
python3 - "$work/package" "$here/trust-roots" "$check" <<'PYTHON'
import base64, datetime, hashlib, json, pathlib, re, sys

package, roots, check = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3] == "true"
release = json.loads((package / "package.json").read_text())["version"]
(seed,) = json.loads((package / "seeds.json").read_text()).values()
root = base64.b64decode(seed["root.json"], validate=True)
targets = {"trusted_root.json": "sigstore-public-good", "registry.npmjs.org%2Fkeys.json": "npm-registry"}
beside = f"beside TUF root version {json.loads(root)['signed']['version']} (SHA-256 {hashlib.sha256(root).hexdigest()})"
manifest = (roots / "trust.json").read_text()
entries = {entry["name"]: entry for entry in json.loads(manifest)["roots"]}
changed = False
for target, name in targets.items():
    entry, content = entries[name], base64.b64decode(seed["targets"][target], validate=True)
    json.loads(content)
    digest = hashlib.sha256(content).hexdigest()
    source = f"npm package @sigstore/tuf {release}, seeds.json, target {target.replace('%2F', '/')}, {beside}"
    print(f"{name}: {'unchanged' if digest == entry['sha256'] else 'CHANGED from ' + entry['sha256']} {digest}")
    changed |= digest != entry["sha256"]
    if not check:
        (roots / entry["file"]).write_bytes(content)
        for old, new in ((entry["sha256"], digest), (entry["source"], source)):
            manifest = manifest.replace(json.dumps(old), json.dumps(new))
        manifest = re.sub(rf'("name": "{name}".*?"retrieved-on": ")[^"]*', rf'\g<1>{datetime.date.today()}', manifest, count=1, flags=re.S)
if not check:
    (roots / "trust.json").write_text(manifest)
sys.exit(1 if check and changed else 0)
PYTHON
