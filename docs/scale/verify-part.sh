#!/bin/sh
# verify-part.sh LIST INDEX OF: verifies part INDEX of LIST and leaves results/part-INDEX.ndjson, whole or not at all.
# Exit status 0: every entry of the part has a result, good or bad. The verdict is read where the parts are merged.
set -u
part=results/part-$2
mkdir -p results
offlinekit shard "$1" --of "$3" --index "$2" > "$part.list" || exit 2

# An attempt that was cut short decided something already: a second one goes on from there.
rm -f "$part.earlier"
[ ! -s "$part.partial" ] || mv "$part.partial" "$part.earlier"
set -- --batch "$part.list" --key release.pub --output ndjson
[ ! -e "$part.earlier" ] || set -- "$@" --resume "$part.earlier"
offlinekit verify "$@" > "$part.partial"

tail -n 1 "$part.partial" | grep -q '"complete":true' || exit 2
mv "$part.partial" "$part.ndjson"
