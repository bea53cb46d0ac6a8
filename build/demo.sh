#!/bin/sh
# The main job: exports came over on the stick; may they be trusted? A file of one of them was edited on the way.
# usage: demo.sh OFFLINEKIT
kit=$1
cd "$(dirname "$0")/../tests/demo" || exit 2
wrong=0

# run WANTED-EXIT-STATUS COMMAND…: shows the command and its answer.
run() {
  wanted=$1; shift
  printf '\n$ offlinekit %s\n' "$*"
  "$kit" "$@" < /dev/null
  status=$?
  [ $status -eq "$wanted" ] || { wrong=$((wrong + 1)); echo "demo: exit status $status, wanted $wanted" >&2; }
}

# say TEXT: what the next command is about.
say() { printf '\n# %s' "$1"; }

say 'A kit came over on the stick: one archive, signed by two people. Nothing of it is unpacked before it is trusted.'
run 0 verify-export feeds-2026.11.22.tar.zst --key keys/ada.pem --key keys/ben.pem --threshold 2

say 'The same kit, and somebody whose key is not ours.'
run 1 verify-export feeds-2026.11.22.tar.zst --key keys/kms-release.pem

say 'A folder with a signed list of checksums. Somebody edited one of its files on the way.'
run 1 verify-export export --key keys/release.pub

say 'What does a refusal mean?'
run 0 explain export.digest-mismatch

say 'Its files one by one: a policy, in the words of its own tool,'
run 0 policy verify export/policy.yaml -s export/policy.yaml.sig.json --key keys/policy-signing.pem
say 'a dossier,'
run 0 dossier verify export/rotate-password.ds.md --key keys/dossier-team.pem
say 'a release signed with minisign,'
run 0 verify export/tool-1.4.0.tar.gz --key keys/release.pub
say 'and the file that was edited, which a key service had signed.'
run 1 verify export/settings.conf --key keys/kms-release.pem

[ $wrong -eq 0 ] && printf '\nThe kit may be used, and so may three files of the folder. The edited file may not, and therefore not the folder as a whole.\n'
exit $wrong
