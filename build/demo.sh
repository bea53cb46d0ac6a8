#!/bin/sh
# The main job: an export came over on the stick; may it be trusted? One of its files was edited on the way.
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

echo '# a policy, in the words of its own tool'
run 0 policy verify export/policy.yaml -s export/policy.yaml.sig.json --key keys/policy-signing.pem
printf '\n# a dossier'
run 0 dossier verify export/rotate-password.ds.md --key keys/dossier-team.pem
printf '\n# a release signed with minisign'
run 0 verify export/tool-1.4.0.tar.gz --key keys/release.pub
printf '\n# a file signed by a key service: somebody edited it on the way'
run 1 verify export/settings.conf --key keys/kms-release.pem
printf '\n# the same release, checked against the wrong key'
run 1 verify export/tool-1.4.0.tar.gz --key keys/kms-release.pem --format minisign

printf '\n# the whole export, against its signed list'
run 1 verify-export export --key keys/release.pub

[ $wrong -eq 0 ] && printf '\nthree files may be used, the edited one may not\n'
exit $wrong
