#!/bin/sh
# The C libraries that the programs are linked with: Debian packages by version and SHA-256 (packages.lock), laid out in a folder. Nothing is installed.
#   sysroot.sh ARCH FOLDER        makes FOLDER/ARCH, for amd64 or arm64; does nothing the second time
#   sysroot.sh --update FOLDER    names the suites' current versions in packages.lock; FOLDER is for lists
# Packages come from the mirrors that this machine's apt is configured for. Where a locked version is not there any more, the suite's current one
# is taken: FOLDER/ARCH/not-locked names it, and what is linked with it is not byte for byte the release. Not so libsodium: NSec takes the one release
# that it was made for and refuses every other when a program starts, so another one is an error here.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
lock=$here/packages.lock
. "$here/../debian/packages.sh"

# What a folder was made from: as long as this is the same, it is up to date.
locked() { awk -v arch="${1:-}" '!/^#/ && NF && (arch == "" || $2 == arch)' "$lock"; }
made_from() { locked "$1"; cat "$here/sysroot.sh" "$here/../debian/packages.sh" "$here/isoc23.c" | sha256sum; }

# What its makers call a version: without Debian's epoch and revision.
release_of() { echo "$1" | sed 's/^[0-9]*://; s/[-+].*//'; }

# refuse_other_libsodium NOT-LOCKED
refuse_other_libsodium() {
  while read -r package version words; do
    [ "$package" = libsodium-dev ] && [ "$(release_of "${version%,}")" != "$(release_of "${words##* }")" ] || continue
    echo "sysroot: error: the mirror has libsodium $(release_of "${version%,}"), and NSec takes $(release_of "${words##* }") only: a newer NSec.Cryptography and libsodium go into Directory.Packages.props together with build/sysroot/packages.lock" >&2
    exit 1
  done < "$1"
}

# Only what compiling and linking read; sanitizers and character sets are most of the rest. Links stay inside the folder.
unpack() {
  dpkg-deb --fsys-tarfile "$1" | tar -x --keep-directory-symlink --exclude=./usr/share --exclude=./etc --exclude='lib[alt]san*' --exclude='libubsan*' --exclude='*/gconv' -C "$new"
}

# The one function that the archives want of a later glibc.
bridge() {
  case $1 in amd64) triple=x86_64-linux-gnu ;; arm64) triple=aarch64-linux-gnu ;; esac
  clang "--target=$triple" "--sysroot=$new" -O2 -fPIC -c "$here/isoc23.c" -o "$new/isoc23.o"
  llvm-ar rcsD "$new/usr/lib/$triple/libisoc23.a" "$new/isoc23.o"
  rm "$new/isoc23.o"
}

lay_out() {
  new=$folder/$1.new fetched=$folder/debs-$1
  rm -rf "$new" "$fetched"
  mkdir -p "$fetched" "$new/usr/lib" "$new/usr/lib64"
  ln -s usr/lib "$new/lib"; ln -s usr/lib64 "$new/lib64"
  locked "$1" > "$fetched/wanted"
  fetch_wanted "$fetched" || { echo "sysroot: error: a package cannot be had" >&2; exit 1; }
  [ ! -f "$fetched/not-locked" ] || { refuse_other_libsodium "$fetched/not-locked"; mv "$fetched/not-locked" "$new"; }
  for deb in "$fetched"/*.deb; do unpack "$deb"; done
  # Absolute links would lead out of the folder.
  find "$new" -type l -lname '/*' | while read -r link; do ln -sfn "$(realpath -m --relative-to="$(dirname "$link")" "$new$(readlink "$link")")" "$link"; done
  # Links to shared libraries that were not fetched: what is linked in comes from archives.
  find "$new" -xtype l -delete
  bridge "$1"
  made_from "$1" > "$new/made-from"
  rm -rf "${folder:?}/$1" "$fetched"
  mv "$new" "$folder/$1"
}

update() {
  { grep '^#' "$lock"
    locked | while read -r suites arch package rest; do current_lines "$suites" "$arch" "$package"; done
  } > "$lock.new"
  mv "$lock.new" "$lock"
}

case ${1:-} in
  --update)
    mkdir -p "$2"; folder=$(cd "$2" && pwd)
    rm -rf "$folder/lists"; update ;;
  amd64 | arm64)
    mkdir -p "$2"; folder=$(cd "$2" && pwd)
    [ "$(made_from "$1")" = "$(cat "$folder/$1/made-from" 2> /dev/null)" ] || lay_out "$1"
    if [ -f "$folder/$1/not-locked" ]; then
      echo "sysroot: warning: what is linked for $1 is not byte for byte the release: these versions have left the mirror:" >&2
      sed 's/^/sysroot: warning:   /' "$folder/$1/not-locked" >&2
    fi ;;
  *) sed -n '2,8s/^# //p' "$0" >&2; exit 2 ;;
esac
