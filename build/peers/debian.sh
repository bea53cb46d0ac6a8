# What the groups take from Debian; read by peers.sh. One tree, FOLDER/tree, for all of it: packages of Debian 12, which run there and on everything newer,
# with all the libraries that they need but those of the C and C++ compilers, which every machine that has apt has, as new or newer. Left out as well are
# programs that every machine has, and those that only scripts of packages start, which are not run.
old=bookworm,bookworm-security
new=trixie,trixie-security
left_out="apt bash coreutils util-linux usrmerge udev ucf ca-certificates tzdata"

# Lines of "GROUP SUITES PACKAGE…". cosign, sigstore-go and moto are in the newer suite alone; what moto wants is named, because it is of the older one.
packages() {
  cat << END
sigstore $new cosign sigstore-go
kms $old python3-boto3 python3-flask python3-flask-cors python3-werkzeug python3-responses python3-xmltodict python3-cryptography python3-jinja2 python3-antlr4 python3-requests python3-dateutil
kms $new python3-moto
tokens $old softhsm2 opensc
tpm $old swtpm swtpm-tools tpm2-abrmd tpm2-tools libtpm2-pkcs11-1 libtpm2-pkcs11-tools libtss2-tcti-swtpm0 libtss2-tcti-tabrmd0 dbus-daemon
files $old minisign signify-openbsd
END
}

why() { grep -E '^(E: |W: Failed|npm error )' "$1" | grep -v -E '^npm error (code|A complete log)' | head -n 1 | cut -c1-200; }

locked() { awk -v arch="$architecture" -v group="$1" '!/^#/ && $2 == arch && index("," $7 ",", "," group ",")' "$lock"; }

# brought GROUP: its packages are in FOLDER/tree, and noted under it.
brought() {
  debs=$folder/debs
  rm -rf "$debs"; mkdir -p "$debs" "$folder/tree" "$folder/unpacked"
  locked "$1" | while read -r line; do set -- $line; [ -e "$folder/unpacked/$3" ] || echo "$line"; done > "$debs/wanted"
  [ -n "$(locked "$1")" ] || { lack "group $1" "packages.lock names nothing for $architecture"; return 1; }
  fetch_wanted "$debs" 2> "$folder/log" || { lack "group $1" "$(why "$folder/log")"; return 1; }
  [ ! -f "$debs/not-locked" ] || sed 's/^/peers: warning: not the locked version: /' "$debs/not-locked" >&2
  for deb in "$debs"/*.deb; do
    [ -e "$deb" ] || continue
    dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink --exclude=./usr/share/doc --exclude=./usr/share/man --exclude=./usr/share/locale -C "$folder/tree" ||
      { lack "${deb##*/}" "it cannot be unpacked"; return 1; }
    dpkg-deb -f "$deb" Version > "$folder/unpacked/$(dpkg-deb -f "$deb" Package)"
  done
  locked "$1" | while read -r suites arch package rest; do echo "$package $(cat "$folder/unpacked/$package") $suites"; done >> "$folder/got/$1.new"
  rm -rf "$debs"
}

# The plan of apt for a machine that has nothing.
closure() { suites=$1 arch=$2; shift 2; apt "$suites" "$arch" apt-get -s -y --no-install-recommends install "$@" | sed -n 's/^Inst \([^ :]*\).*/\1/p'; }

# update: the lock file anew, for both architectures.
update() {
  wanted=$folder/wanted
  for architecture in amd64 arm64; do
    closure "$old" "$architecture" $left_out | grep -E '^lib(c6|gcc-s1|stdc\+\+6|.*perl.*)$|^([^l]|l[^i])' | sort > "$folder/everywhere"
    packages | while read -r group suites names; do
      # Of the newer suite the programs alone.
      { if [ "$suites" = "$old" ]; then closure "$suites" "$architecture" $names; else printf '%s\n' $names; fi; } |
        sort | comm -23 - "$folder/everywhere" | sed "s/^/$group $suites /"
    done | sort > "$wanted"
    for suites in "$old" "$new"; do
      awk -v suites="$suites" '$2 == suites { groups[$3] = groups[$3] (groups[$3] == "" ? "" : ",") $1 } END { for (name in groups) print name, groups[name] }' "$wanted" | sort > "$wanted.groups"
      current_lines "$suites" "$architecture" $(cut -d' ' -f1 "$wanted.groups") | sort -k3,3 | join -1 3 -2 1 -o 1.1,1.2,0,1.4,1.5,1.6,2.2 - "$wanted.groups"
    done
  done > "$lock.packages"
  { grep '^#' "$lock"; cat "$lock.packages"; } > "$lock.new"
  mv "$lock.new" "$lock"; rm "$lock.packages"
}
