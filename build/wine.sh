#!/bin/bash
# A smoke test of the win-x64 programs under Wine 10: selftest, commands of the demo, and the corpora where they stand beside the repository.
# Wine is no Windows: what fails here may work there and the reverse. docs/platforms.md says what was seen.
#   wine.sh PROGRAMS FOLDER     PROGRAMS holds offlinekit.exe and libsodium.dll; FOLDER becomes a small Debian 13 with Wine (600 MB)
# Needs root and debootstrap, and a mirror of Debian in the machine's apt configuration. Nothing is installed into the system.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd -P)
programs=$(cd "$1" && pwd -P)
mkdir -p "$2"; folder=$(cd "$2" && pwd -P)
corpora=$(readlink -f "$root/../shared/corpora")

[ "$(id -u)" = 0 ] || { echo "wine: only root may change its root folder" >&2; exit 2; }
PATH=$PATH:/usr/sbin:/sbin
command -v debootstrap > /dev/null || { echo "wine: debootstrap is missing" >&2; exit 2; }

make_system() {
  local mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
  debootstrap --variant=minbase --include=wine,wine64 trixie "$folder" "$mirror" > "$folder.log" 2>&1 || { tail -n 5 "$folder.log" >&2; exit 2; }
  : > "$folder/ready"
}
[ -f "$folder/ready" ] || make_system

# The same paths inside as outside, seen by this process and its children only.
if [ -z "${OFFLINEKIT_WINE_INSIDE:-}" ]; then
  OFFLINEKIT_WINE_INSIDE=1 exec unshare --mount "$0" "$@"
fi
for shown in "$root" "$programs" "$corpora"; do
  [ -d "$shown" ] || continue
  shown=$(cd "$shown" && pwd -P)
  mkdir -p "$folder$shown"; mount --bind -o ro "$shown" "$folder$shown"
done
scratch=$(mktemp -d); mkdir -p "$folder$scratch" "$folder/proc"
mount --bind "$scratch" "$folder$scratch"; mount -t proc proc "$folder/proc"
trap 'rm -rf "$scratch"' EXIT

# wine fails on a TMPDIR that it does not know; one folder for settings is enough.
cat > "$scratch/offlinekit" << END
#!/bin/sh
exec chroot "$folder" env -i PATH=/usr/bin:/bin HOME=/root LC_ALL=C.UTF-8 WINEDEBUG=-all XDG_RUNTIME_DIR=/tmp sh -c 'cd "\$0" && exec wine "\$@"' "\$PWD" "$programs/offlinekit.exe" "\$@"
END
chmod +x "$scratch/offlinekit"

cd "$root/tests/demo"
"$scratch/offlinekit" --version
"$scratch/offlinekit" selftest || echo "wine: selftest ended with $?"
failed=0
run() { # WANTED ARGUMENT…
  local wanted=$1 status=0; shift
  "$scratch/offlinekit" "$@" > "$scratch/said" 2>&1 || status=$?
  [ "$status" = "$wanted" ] && { echo "ok  $*"; return; }
  echo "FAILED  $*: exit status $status, wanted $wanted"; tail -n 3 "$scratch/said"; failed=1
}
run 0 verify export/tool-1.4.0.tar.gz --key keys/release.pub
run 1 verify-export export --key keys/release.pub
run 0 policy verify export/policy.yaml -s export/policy.yaml.sig.json --key keys/policy-signing.pem
run 1 verify-export feeds-2026.11.22.tar.zst --key keys/release.pub
if [ -d "$corpora" ]; then
  # Wine's own cryptography has no elliptic curves: those cases are counted apart.
  (cd / && TMPDIR=$scratch python3 "$corpora/run.py" "$corpora" --client "$scratch/offlinekit" --jobs 2) > "$scratch/corpora" 2>&1 || true
  grep -E 'cases,|passed,' "$scratch/corpora"
  echo "for want of elliptic curves: $(grep -c '0x80090029' "$scratch/corpora" || true)"
  grep '^FAIL' "$scratch/corpora" | grep -v '0x80090029' && failed=1
fi
exit $failed
