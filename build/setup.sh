#!/bin/sh
# Installs what building and testing need and what is not there yet, by apt, as root or with sudo. Does nothing the second time.
set -u
packages="clang lld cmake make binutils libc6-dev zlib1g-dev libssl-dev libsodium-dev libsodium23 libzstd-dev zstd
          openssl minisign signify-openbsd openssh-client python3 strace valgrind"

if ! command -v dpkg-query > /dev/null; then
  for tool in clang ld.lld cmake make objcopy openssl minisign python3 strace; do
    command -v $tool > /dev/null || echo "setup: missing: $tool" >&2
  done
  echo "setup: this is no Debian; install what is missing by hand, and the static libraries of OpenSSL 3, libsodium, libzstd and zlib" >&2
  exit 0
fi

missing=""
for package in $packages; do
  case $(dpkg-query -W -f '${Status}' $package 2> /dev/null) in
    *" installed") ;;
    *) missing="$missing $package" ;;
  esac
done
[ -n "$missing" ] || exit 0

echo "setup: installing$missing"
root=""
if [ "$(id -u)" != 0 ]; then
  command -v sudo > /dev/null || { echo "setup: error: not root and no sudo; run as root: apt-get install$missing" >&2; exit 1; }
  root="sudo"
fi
export DEBIAN_FRONTEND=noninteractive
$root apt-get -qq update < /dev/null || { echo "setup: error: apt-get update failed" >&2; exit 1; }
$root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing < /dev/null > /dev/null \
  || { echo "setup: error: could not install$missing" >&2; exit 1; }
