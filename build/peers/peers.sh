#!/bin/sh
# Programs by others that judge our work in tests, in a folder of their own. Nothing is installed: packages are checked by apt or npm and unpacked.
#   peers.sh FOLDER [GROUP…]     groups: sigstore kms tokens tpm files js; without one, all of them
# FOLDER/env.sh says how to reach them, FOLDER/got/GROUP what came (name, version, suite); a group that is there is not fetched again.
# One line on stderr for each thing that cannot be had, exit status 1; the tests that want it are skipped then.
set -u
[ $# -gt 0 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/bin" "$1/got" || exit 1
folder=$(cd "$1" && pwd); shift
lacking=0

lack() { echo "peers: $1 cannot be had: ${2:-no reason given}" >&2; lacking=1; }

. "$here/apt.sh"
. "$here/starters.sh"
. "$here/groups.sh"

for group in ${*:-sigstore kms tokens tpm files js}; do
  [ ! -s "$folder/got/$group" ] || continue
  : > "$folder/got/$group.new"
  case $group in
    sigstore | kms | tokens | tpm | files | js) "get_$group" && sort -u "$folder/got/$group.new" > "$folder/got/$group" ;;
    *) lack "$group" "there is no such group" ;;
  esac
  rm -f "$folder/got/$group.new"
done
write_environment
[ $lacking != 0 ] || rm -rf "$folder/apt"
exit $lacking
