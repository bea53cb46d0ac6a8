# Debian packages without installing them; read by peers.sh. apt gets lists and a cache of its own and only reads what the machine has installed.
# Two places: "this" is the machine's own suite, "tools" the suite that has the newer programs.
tools_suite=trixie
suite=$(. /etc/os-release 2> /dev/null; echo "${VERSION_CODENAME:-}")
triplet=$(dpkg-query -L "libc6:$(dpkg --print-architecture 2> /dev/null)" 2> /dev/null | sed -n 's:.*/\([^/]*\)/libc\.so\.6$:\1:p' | head -n 1)

suite_of() { case $1 in this) echo "$suite" ;; tools) echo "$tools_suite" ;; esac; }

why() { grep -E '^(E: |W: Failed|npm error )' "$1" | grep -v -E '^npm error (code|A complete log)' | head -n 1 | cut -c1-200; }

# sources this|tools: from the mirrors that this machine's apt is configured for.
sources() {
  signed_by=""
  [ ! -r /usr/share/keyrings/debian-archive-keyring.gpg ] || signed_by='[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]'
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 2> /dev/null | sort -u |
    while read -r mirror release component; do
      case $1:$release:$component in
        "this:$suite:main" | "this:$suite-updates:main" | "this:$suite-security:main") echo "deb $signed_by $mirror $release main" ;;
        "tools:$suite:main") echo "deb $signed_by $mirror $tools_suite main" ;;
      esac
    done
}

# lists this|tools: true once its package lists are here. What could not be had is not asked for again.
lists() {
  place=$folder/apt/$1
  [ ! -e "$place/ready" ] || return 0
  [ ! -e "$place/lacking.$$" ] || return 1
  mkdir -p "$place/lists/partial" "$place/cache/archives/partial" "$place/debs"
  sources "$1" > "$place/sources.list"
  cat > "$place/apt.conf" << END
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
APT::Sandbox::User ""; APT::Update::Error-Mode "any";
Acquire::Languages "none"; Acquire::Retries "1"; Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Dir::Etc::SourceList "$place/sources.list"; Dir::Etc::SourceParts "/dev/null"; Dir::State::lists "$place/lists";
Dir::Cache "$place/cache"; Dir::Cache::srcpkgcache "";
END
  : > "$place/lacking.$$"
  if [ ! -s "$place/sources.list" ]; then
    lack "Debian's suite $(suite_of "$1")" "this machine's apt names no mirror of \"$suite\""
  elif ! apt-get -c "$place/apt.conf" update > "$place/log" 2>&1; then
    lack "Debian's suite $(suite_of "$1")" "$(why "$place/log")"
  else
    mv "$place/lacking.$$" "$place/ready"
  fi
  [ -e "$place/ready" ]
}

# unpack this|tools GROUP PACKAGE[=VERSION]…: into FOLDER/this or FOLDER/tools, noted under GROUP.
unpack() {
  from=$1 group=$2; shift 2
  place=$folder/apt/$from
  cd "$place/debs" || return 1
  # All at once is quick; one by one tells which one is not to be had.
  apt-get -c "$place/apt.conf" download "$@" > "$place/log" 2>&1 || for package in "$@"; do
    apt-get -c "$place/apt.conf" download "$package" > "$place/log" 2>&1 || { lack "${package%%=*}" "$(why "$place/log")"; cd "$folder"; return 1; }
  done
  for deb in *.deb; do
    [ -e "$deb" ] || continue
    dpkg -x "$deb" "$folder/$from" || { lack "$deb" "it cannot be unpacked"; cd "$folder"; return 1; }
    echo "$(dpkg-deb -f "$deb" Package) $(dpkg-deb -f "$deb" Version) $(suite_of "$from")" >> "$folder/got/$group.new"
    rm -f "$deb"
  done
  cd "$folder"
}

# from_tools GROUP PACKAGE…: these packages alone.
from_tools() { group=$1; shift; lists tools && unpack tools "$group" "$@"; }

# from_this GROUP PACKAGE…: these packages and what they need that the machine has not installed.
from_this() {
  group=$1; shift
  lists this || return 1
  place=$folder/apt/this
  apt-get -c "$place/apt.conf" -s -y --no-install-recommends install "$@" > "$place/plan" 2>&1 || { lack "group $group" "$(why "$place/plan")"; return 1; }
  wanted=$(sed -n 's/^Inst \([^ ]*\) \(\[[^]]*\] \)\{0,1\}(\([^ ]*\) .*/\1=\3/p' "$place/plan")
  [ -n "$wanted" ] || { echo "$* installed here" >> "$folder/got/$group.new"; return 0; }
  unpack this "$group" $wanted
}
