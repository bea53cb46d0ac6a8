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

# suites, architecture, package, version, SHA-256 and path below a mirror; of one architecture, or of all.
locked() { awk -v arch="${1:-}" '!/^#/ && NF && (arch == "" || $2 == arch)' "$lock"; }

# What a folder was made from: as long as this is the same, it is up to date.
made_from() { locked "$1"; cat "$here/sysroot.sh" "$here/isoc23.c" | sha256sum; }

# The machine's mirrors, and for each the place beside it where security updates usually lie: a small system may not have it configured.
mirrors() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
    awk '{ all[++n] = $0 } END { for (i = 1; i <= n; i++) { add(all[i]) } for (i = 1; i <= n; i++) { if (sub("/debian/$", "/debian-security/", all[i])) add(all[i]) } }
      function add(uri) { if (!seen[uri]++) print uri }'
}

download() { /usr/lib/apt/apt-helper -qq -o APT::Sandbox::User=root download-file "$@" > /dev/null 2>&1; }

has_digest() { [ -f "$1" ] && [ "$(sha256sum < "$1" | cut -d' ' -f1)" = "$2" ]; }

# apt SUITES ARCH COMMAND…: apt with lists and settings of its own, so that neither the machine's suites nor its architecture matter. Only how the
# machine reaches its mirrors (proxies, certificates, passwords) is taken over.
apt() {
  suites=$1 arch=$2; shift 2
  lists=$folder/lists/$suites-$arch
  [ -f "$lists/ready" ] || prepare_lists "$suites" "$arch" "$lists"
  APT_CONFIG=$lists/apt.conf "$@"
}

prepare_lists() {
  mkdir -p "$3/state/lists/partial" "$3/cache/archives/partial"
  : > "$3/status"
  { apt-config dump | grep '^Acquire::' | grep -v '^Acquire::\(IndexTargets\|Languages\)'
    cat << END
Acquire::Languages "none";
APT::Architecture "$2"; APT::Architectures { "$2"; }; APT::Sandbox::User "root";
Dir::State "$3/state"; Dir::State::status "$3/status"; Dir::Cache "$3/cache"; Dir::Etc::SourceList "$3/sources.list";
Dir::Etc::SourceParts "/dev/null"; Dir::Etc::Parts "/dev/null"; Dir::Etc::Main "/dev/null"; Dir::Etc::Preferences "/dev/null"; Dir::Etc::PreferencesParts "/dev/null";
END
  } > "$3/apt.conf"
  for suite in $(echo "$1" | tr , ' '); do
    mirror=$(mirror_of "$suite")
    [ -z "$mirror" ] || echo "deb $signed_by $mirror $suite main"
  done > "$3/sources.list"
  [ -s "$3/sources.list" ] || { echo "sysroot: error: no mirror in this machine's apt configuration has Debian's suite $1" >&2; exit 1; }
  APT_CONFIG=$3/apt.conf apt-get -qq update
  : > "$3/ready"
}

signed_by=""
for keyring in /usr/share/keyrings/debian-archive-keyring.pgp /usr/share/keyrings/debian-archive-keyring.gpg; do
  [ ! -f "$keyring" ] || signed_by="[signed-by=$keyring]"
done

mirror_of() {
  for mirror in $(mirrors); do
    download "${mirror}dists/$1/InRelease" "$folder/InRelease" && { echo "$mirror"; return; }
  done
  return 0
}

# fetch SUITES ARCH PACKAGE VERSION SHA256 PATH: the package as $debs/PACKAGE.deb.
fetch() {
  deb=$debs/$3.deb
  for mirror in $(mirrors); do
    download "$mirror$6" "$deb" "SHA256:$5" && has_digest "$deb" "$5" && return
  done
  rm -rf "$debs/current"; mkdir "$debs/current"
  (cd "$debs/current" && apt "$1" "$2" apt-get -qq download "$3") || exit 1
  mv "$debs/current"/*.deb "$deb"
  has_digest "$deb" "$5" || accept_other "$3" "$(dpkg-deb -f "$deb" Version)" "$4"
}

# accept_other PACKAGE VERSION LOCKED
accept_other() {
  if [ "$1" = libsodium-dev ] && [ "$(release_of "$2")" != "$(release_of "$3")" ]; then
    echo "sysroot: error: the mirror has libsodium $(release_of "$2"), and NSec takes $(release_of "$3") only: a newer NSec.Cryptography and libsodium go into Directory.Packages.props together with build/sysroot/packages.lock" >&2
    exit 1
  fi
  echo "$1 $2, locked is $3" >> "$new/not-locked"
}

# What its makers call a version: without Debian's epoch and revision.
release_of() { echo "$1" | sed 's/^[0-9]*://; s/[-+].*//'; }

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
  new=$folder/$1.new debs=$folder/debs-$1
  rm -rf "$new" "$debs"
  mkdir -p "$debs" "$new/usr/lib" "$new/usr/lib64"
  ln -s usr/lib "$new/lib"; ln -s usr/lib64 "$new/lib64"
  locked "$1" > "$debs/wanted"
  while read -r suites arch package version digest path; do
    fetch "$suites" "$arch" "$package" "$version" "$digest" "$path"
    unpack "$debs/$package.deb"
  done < "$debs/wanted"
  # Absolute links would lead out of the folder.
  find "$new" -type l -lname '/*' | while read -r link; do ln -sfn "$(realpath -m --relative-to="$(dirname "$link")" "$new$(readlink "$link")")" "$link"; done
  # Links to shared libraries that were not fetched: what is linked in comes from archives.
  find "$new" -xtype l -delete
  bridge "$1"
  made_from "$1" > "$new/made-from"
  rm -rf "${folder:?}/$1" "$debs"
  mv "$new" "$folder/$1"
}

update() {
  { grep '^#' "$lock"
    locked | while read -r suites arch package rest; do
      apt "$suites" "$arch" apt-cache show --no-all-versions "$package" | awk -v start="$suites $arch $package" '
        /^Version: / { version = $2 } /^Filename: / { path = $2 } /^SHA256: / { digest = $2 } END { print start, version, digest, path }'
    done
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
