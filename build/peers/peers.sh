#!/bin/sh
# Programs by others that judge our work in tests, in a folder of their own. Nothing is installed: packages are checked by SHA-256 or by npm and unpacked.
#   peers.sh FOLDER [GROUP…]     groups: sigstore kms tokens tpm files js; without one, all of them
#   peers.sh --update FOLDER     names the suites' current versions in packages.lock; FOLDER is for lists
# FOLDER/env.sh says how to reach them, FOLDER/got/GROUP what came (name, version, suites); a group that is there is not fetched again.
# One line on stderr for each thing that cannot be had, exit status 1; the tests that want it are skipped then.
set -u
[ $# -gt 0 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
lock=$here/packages.lock
architecture=$(dpkg --print-architecture 2> /dev/null)
lacking=0

lack() { echo "peers: $1 cannot be had: ${2:-no reason given}" >&2; lacking=1; }

. "$here/../debian/packages.sh"
. "$here/debian.sh"

if [ "$1" = --update ]; then
  mkdir -p "$2" && folder=$(cd "$2" && pwd) || exit 1
  rm -rf "$folder/lists"; update; exit
fi
mkdir -p "$1" && folder=$(cd "$1" && pwd) || exit 1
shift
# What was made from other packages or by another script is made anew.
made_from=$(cat "$here"/*.sh "$here"/packages.lock "$here"/npm/*.json "$here/../debian/packages.sh" | sha256sum)
[ "$made_from" = "$(cat "$folder/made-from" 2> /dev/null)" ] || (cd "$folder" && rm -rf bin got tree unpacked js env.sh)
mkdir -p "$folder/bin" "$folder/got" && echo "$made_from" > "$folder/made-from" || exit 1
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
rm -rf "$folder/lists" "$folder/debs"
exit $lacking
