#!/bin/sh
# Installs the package in a bare Debian and tries it there: programs, manual pages, completion, the verification of a release, and its removal.
#   try-deb.sh FILE.deb [SUITE] [KIT KEY]      as root; needs debootstrap and a mirror of Debian that apt of this machine knows
# SUITE is bookworm where none is named; KIT is the signed release, KEY its public key. ROOT, if it is set, is a root made before, which stays.
# Exit status 1 where something is not as it must be.
set -eu
[ $# -ge 1 ] || { sed -n '3s/^# *//p' "$0" >&2; exit 2; }
deb=$1 suite=${2:-bookworm} kit=${3:-} key=${4:-}
work=$(mktemp -d)
root=${ROOT:-$work/root}
brought=$root/brought
trap 'umount "$root/proc" 2> /dev/null || true; rm -rf "$work" "$brought"' EXIT

fail() { echo "try-deb: $1" >&2; exit 1; }
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root "$@"; }
# says WHAT WANTED COMMAND…: the command succeeds and says WANTED
says() {
  what=$1 wanted=$2; shift 2
  inside "$@" > "$work/said" 2>&1 || { cat "$work/said" >&2; fail "$what: exit status $?"; }
  grep -q -- "$wanted" "$work/said" || { cat "$work/said" >&2; fail "$what: nothing like \"$wanted\""; }
  echo "try-deb: $what: $(grep -m1 -- "$wanted" "$work/said" | sed 's/^ *//')"
}
# refuses WHAT REASON COMMAND…: the command ends with 1 and names the reason
refuses() {
  what=$1 reason=$2 status=0; shift 2
  inside "$@" > "$work/said" 2>&1 || status=$?
  [ $status -eq 1 ] && grep -q "$reason" "$work/said" || { cat "$work/said" >&2; fail "$what: exit status $status"; }
  echo "try-deb: $what: refused, $(grep -o -m1 "$reason" "$work/said")"
}
# completes WORD LINE…: bash offers WORD at the end of LINE, by the loader that bash-completion has
completes() {
  wanted=$1; shift
  says "completion of \"$*\"" "^$wanted\$" bash -c "$complete" bash "$@"
}
complete='. /usr/share/bash-completion/bash_completion; _completion_loader "$1"
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
  $(complete -p "$1" | sed "s/.*-F \([^ ]*\).*/\1/") "$1"; printf "%s\n" "${COMPREPLY[@]}"'

if [ ! -e "$root/etc/debian_version" ]; then
  command -v debootstrap > /dev/null || { echo "try-deb: debootstrap is not installed" >&2; exit 2; }
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -1)
  debootstrap --variant=minbase --include=man-db,bash-completion "$suite" "$root" "$mirror" > "$work/log" 2>&1 || { tail -5 "$work/log" >&2; exit 1; }
fi
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
mkdir -p "$brought" && cp "$deb" "$brought/offlinekit.deb"
echo "try-deb: Debian $(cat "$root/etc/debian_version"), $(inside dpkg-query -f '.\n' -W | wc -l) packages"

inside dpkg -i /brought/offlinekit.deb > "$work/said" 2>&1 || { cat "$work/said" >&2; fail "it cannot be installed"; }
[ -z "$(inside dpkg --verify offlinekit)" ] || fail "what was installed is not what the package holds"
for program in offlinekit offlinekit-sign; do
  says "$program" "^$program [0-9]" $program --version
  says "man $program" "^ *$program [^a-z]* [a-z]" man $program
  says "whatis $program" "^$program (1)" whatis $program
done
says "selftest" '^all primitives' offlinekit selftest
completes verify-image offlinekit verify-i
completes json offlinekit verify a --output j
completes minisign offlinekit-sign sign a --format mini

if [ -n "$kit" ]; then
  cp -r "$kit" "$brought/kit"; cp "$key" "$brought/key.pub"
  says "the release" '^TRUSTED' offlinekit verify-export /brought/kit --key /brought/key.pub
  name=$(basename "$deb")
  says "where the package comes from" '^TRUSTED' offlinekit verify-envelope /brought/kit/provenance.intoto.dsse.json "/brought/kit/$name" \
    --key /brought/key.pub --predicate-type https://slsa.dev/provenance/v1
  for file in "$name" "$(cd "$kit" && ls offlinekit-[0-9]*-linux-x64.cdx.json)" provenance.intoto.json; do
    cp "$brought/kit/$file" "$work/kept"
    printf x >> "$brought/kit/$file"
    refuses "$file, changed" 'export\.[a-z-]*' offlinekit verify-export /brought/kit --key /brought/key.pub
    cp "$work/kept" "$brought/kit/$file"
  done
fi
inside dpkg -P offlinekit > "$work/said" 2>&1 || { cat "$work/said" >&2; fail "it cannot be removed"; }
left=$(inside find / -xdev -name '*offlinekit*' -not -path '/brought/*' -not -path '/proc/*' -not -path '/var/cache/man/*' | head -5)
[ -z "$left" ] || fail "left behind: $left"
echo "try-deb: removed, nothing is left"
