# Debian packages without installing them; read by ../sysroot/sysroot.sh and ../peers/peers.sh, which set
#   lock    the file that names the packages, one a line: suites architecture package version sha256 path [groups]
#   folder  where apt keeps lists and settings of its own
# A package is asked for by its path below the mirrors that this machine's apt is configured for, and accepted by its SHA-256. Only where it has left
# them does apt get lists, and the suite's current version is taken: DEBS/not-locked then names it, and who reads this file says so.
# Nothing of this touches the machine's own lists, and what it has installed does not matter.

# Where the machine's apt gets packages, and beside each the place where security updates usually lie: a small system may not have it configured.
mirrors() {
  [ -n "${all_mirrors:-}" ] || all_mirrors=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
    awk '{ all[++n] = $0 } END { for (i = 1; i <= n; i++) { add(all[i]) } for (i = 1; i <= n; i++) { if (sub("/debian/$", "/debian-security/", all[i])) add(all[i]) } }
      function add(uri) { if (!seen[uri]++) print uri }')
  echo "$all_mirrors"
}

# download URI FILE [SHA256:DIGEST]…
download() { /usr/lib/apt/apt-helper -qq -o APT::Sandbox::User=root download-file "$@" > /dev/null 2>&1; }

has_digest() { [ -f "$1" ] && [ "$(sha256sum < "$1" | cut -d' ' -f1)" = "$2" ]; }

# fetch_wanted DEBS: the packages of DEBS/wanted (lines of a lock file) as DEBS/PACKAGE.deb.
fetch_wanted() {
  debs=$1
  for mirror in $(mirrors); do
    set --
    while read -r suites arch package version digest path groups; do
      has_digest "$debs/$package.deb" "$digest" || set -- "$@" "$mirror$path" "$debs/$package.deb" "SHA256:$digest"
    done < "$debs/wanted"
    [ $# = 0 ] || download "$@" || continue
  done
  while read -r suites arch package version digest path groups; do
    has_digest "$debs/$package.deb" "$digest" || fetch_current "$suites" "$arch" "$package" "$version" || return 1
  done < "$debs/wanted"
}

# fetch_current SUITES ARCH PACKAGE LOCKED
fetch_current() {
  rm -rf "$debs/current"; mkdir "$debs/current"
  (cd "$debs/current" && apt "$1" "$2" apt-get -qq download "$3") || return 1
  mv "$debs/current"/*.deb "$debs/$3.deb"
  current=$(dpkg-deb -f "$debs/$3.deb" Version)
  [ "$current" = "$4" ] || echo "$3 $current, locked is $4" >> "$debs/not-locked"
}

# apt SUITES ARCH COMMAND…: apt with lists and settings of its own, for which nothing is installed. Only how the machine reaches its mirrors (proxies,
# certificates, passwords) is taken over.
apt() {
  suites=$1 arch=$2; shift 2
  lists=$folder/lists/$suites-$arch
  [ -f "$lists/ready" ] || prepare_lists "$suites" "$arch" || return 1
  APT_CONFIG=$lists/apt.conf "$@"
}

prepare_lists() {
  mkdir -p "$lists/state/lists/partial" "$lists/cache/archives/partial"
  : > "$lists/status"
  { apt-config dump | grep '^Acquire::' | grep -v '^Acquire::\(IndexTargets\|Languages\)'
    cat << END
Acquire::Languages "none"; APT::Update::Error-Mode "any";
APT::Architecture "$2"; APT::Architectures { "$2"; }; APT::Sandbox::User "root";
Dir::State "$lists/state"; Dir::State::status "$lists/status"; Dir::Cache "$lists/cache"; Dir::Etc::SourceList "$lists/sources.list";
Dir::Etc::SourceParts "/dev/null"; Dir::Etc::Parts "/dev/null"; Dir::Etc::Main "/dev/null"; Dir::Etc::Preferences "/dev/null"; Dir::Etc::PreferencesParts "/dev/null";
END
  } > "$lists/apt.conf"
  for suite in $(echo "$1" | tr , ' '); do
    mirror=$(mirror_of "$suite")
    [ -z "$mirror" ] || echo "deb $signed_by $mirror $suite main"
  done > "$lists/sources.list"
  [ -s "$lists/sources.list" ] || { echo "E: no mirror in this machine's apt configuration has Debian's suite $1" >&2; return 1; }
  APT_CONFIG=$lists/apt.conf apt-get -qq update || return 1
  : > "$lists/ready"
}

signed_by=""
for keyring in /usr/share/keyrings/debian-archive-keyring.pgp /usr/share/keyrings/debian-archive-keyring.gpg; do
  [ ! -f "$keyring" ] || signed_by="[signed-by=$keyring]"
done

# The first mirror that has the suite; nothing where none has.
mirror_of() {
  for mirror in $(mirrors); do
    download "${mirror}dists/$1/InRelease" "$folder/InRelease" && { echo "$mirror"; return; }
  done
  return 0
}

# current_lines SUITES ARCH PACKAGE…: for each a line of a lock file with the suites' current version.
current_lines() {
  suites=$1 arch=$2; shift 2
  apt "$suites" "$arch" apt-cache show --no-all-versions "$@" | awk -v start="$suites $arch" '
    /^Package: / { package = $2 } /^Version: / { version = $2 } /^Filename: / { path = $2 } /^SHA256: / { digest = $2 }
    /^$/ { if (package != "") print start, package, version, digest, path; package = "" } END { if (package != "") print start, package, version, digest, path }'
}
