#!/bin/sh
# Installs, by apt, as root or with sudo, what is not there yet. Does nothing the second time.
#   setup.sh           what building needs; exit status 1 when it cannot be had
#   setup.sh tests     what tests need besides; exit status 1 when it cannot be had
#   setup.sh peers     programs by others that judge our work in tests; what cannot be had is a skipped test, never a failure
set -u
# Tools only: the libraries that the programs are linked with come from build/sysroot.
needed="clang lld llvm cmake make binutils"
# Under the JIT, tests load libzstd of the machine.
[ "${1:-}" != tests ] || needed="libzstd-dev zstd openssl minisign signify-openbsd openssh-client python3 strace valgrind"

# A package is wanted when its program is nowhere: some machines have node or chromium from elsewhere.
peers="chromium=chromium sbatch=slurm-client slurmctld=slurmctld slurmd=slurmd munged=munge parallel=parallel jq=jq curl=curl
       softhsm2-util=softhsm2 script=bsdutils node=nodejs npm=npm zsh=zsh fish=fish groff=groff
       bsdtar=libarchive-tools busybox=busybox 7zz=7zip unzip=unzip zip=zip javac=default-jdk-headless git=git gpgv=gpgv sqv=sqv promtool=prometheus redis-server=redis-server
       docker-registry=docker-registry nginx=nginx-light gpg=gnupg sq=sq jose=jose"
# Debian 13 has the static emulator under the short name.
emulators="/usr/bin/qemu-aarch64-static /usr/bin/qemu-aarch64"

missing_packages() {
  for package in $needed; do
    case $(dpkg-query -W -f '${Status}' "$package" 2> /dev/null) in
      *" installed") ;;
      *) printf ' %s' "$package" ;;
    esac
  done
}

missing_peers() {
  for pair in $peers; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "${pair%=*}" > /dev/null || printf ' %s' "${pair#*=}"
  done
  ls $emulators 2> /dev/null | grep -q . || printf ' qemu-user-static'
  # Debian keeps the server's programs out of PATH.
  ls /usr/lib/postgresql/*/bin/postgres > /dev/null 2>&1 || printf ' postgresql'
  for module in yaml=python3-yaml jwt=python3-jwt jwcrypto=python3-jwcrypto cryptography=python3-cryptography; do
    /usr/bin/python3 -c "import ${module%=*}" 2> /dev/null || printf ' %s' "${module#*=}"
  done
}

# root WORD...: runs the command as root, or says what is missing.
root=""
become_root() {
  [ "$(id -u)" = 0 ] && return 0
  command -v sudo > /dev/null && { root="sudo"; return 0; }
  echo "setup: not root and no sudo; run as root: apt-get install$1" >&2
  return 1
}

install() {
  $root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" < /dev/null > /dev/null
}

# Tests start what they need, in folders of their own: no package starts a service of the machine.
start_nothing() {
  [ ! -e /usr/sbin/policy-rc.d ] || return 0
  printf '#!/bin/sh\nexit 101\n' | $root tee /usr/sbin/policy-rc.d > /dev/null && $root chmod 755 /usr/sbin/policy-rc.d
  trap '$root rm -f /usr/sbin/policy-rc.d' EXIT
}

if [ "${1:-}" = peers ]; then
  command -v dpkg-query > /dev/null || exit 0
  missing=$(missing_peers)
  [ -n "$missing" ] || exit 0
  echo "setup: for tests, installing$missing"
  become_root "$missing" || exit 0
  $root apt-get -qq update < /dev/null || exit 0
  start_nothing
  # All at once is quick; one by one tells which one is not to be had.
  install $missing 2> /dev/null || for package in $missing; do
    install "$package" || echo "setup: could not install $package: its tests are skipped" >&2
  done
  exit 0
fi

if ! command -v dpkg-query > /dev/null; then
  for tool in clang ld.lld llvm-ar cmake make objcopy apt-get dpkg-deb openssl minisign python3 strace; do
    command -v $tool > /dev/null || echo "setup: missing: $tool" >&2
  done
  echo "setup: this is no Debian; install what is missing by hand; apt must know a mirror of Debian, for build/sysroot" >&2
  exit 0
fi

missing=$(missing_packages)
[ -n "$missing" ] || exit 0
echo "setup: installing$missing"
become_root "$missing" || exit 1
$root apt-get -qq update < /dev/null || { echo "setup: error: apt-get update failed" >&2; exit 1; }
install $missing || { echo "setup: error: could not install$missing" >&2; exit 1; }
