#!/bin/sh
# Installs the package in a bare Debian and tries it there: the program, its manual page, its completion, and the verification of a release.
#   try-deb.sh FILE.deb [SUITE] [KIT KEY]      as root; needs debootstrap and a mirror of Debian that apt of this machine knows
set -eu
[ $# -ge 1 ] || { sed -n '3s/^# *//p' "$0" >&2; exit 2; }
deb=$1 suite=${2:-bookworm} kit=${3:-} key=${4:-}
command -v debootstrap > /dev/null || { echo "try-deb: debootstrap is not installed" >&2; exit 2; }
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -1)
root=$(mktemp -d)
chmod 755 "$root"
trap 'umount "$root/proc" 2> /dev/null || true; rm -rf "$root"' EXIT
debootstrap --variant=minbase --include=man-db,bash-completion "$suite" "$root" "$mirror" > "$root.log" 2>&1 || { tail -5 "$root.log" >&2; exit 1; }
rm -f "$root.log"
mount -t proc proc "$root/proc"
# A folder that lies inside, under the name that it has there.
brought=$(basename "$(mktemp -d "$root/brought.XXXXXX")")
chmod 755 "$root/$brought"
cp "$deb" "$root/$brought/offlinekit.deb"
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"; }
inside dpkg -i "/$brought/offlinekit.deb" > /dev/null
inside offlinekit --version
inside offlinekit-sign --version
inside offlinekit selftest | tail -1
inside dpkg --verify offlinekit
# minbase leaves manual pages out when it installs packages of its own; ours are read from where they were put.
inside sh -c 'man -l /usr/share/man/man1/offlinekit.1.gz | head -4'
inside bash -c '. /usr/share/bash-completion/completions/offlinekit; COMP_LINE="offlinekit verify-i" COMP_POINT=19 COMP_WORDS=(offlinekit verify-i) COMP_CWORD=1; _offlinekit; echo "completes: ${COMPREPLY[*]}"'
if [ -n "$kit" ]; then
  cp -r "$kit" "$root/$brought/kit"; cp "$key" "$root/$brought/key.pub"
  inside offlinekit verify-export "/$brought/kit" --key "/$brought/key.pub" | head -4
fi
