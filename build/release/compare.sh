#!/bin/sh
# Compares a release that was built here with one that was received, and names every file that differs; of an archive, every file in it.
#   compare.sh OURS THEIRS      two folders; exit status 1 where a file of ours differs or is not there
# What only the received one has is named and not compared: signatures, and the files of the kit.
set -eu
[ $# -eq 2 ] && [ -d "$1" ] && [ -d "$2" ] || { sed -n '3s/^# *//p' "$0" >&2; exit 2; }
ours=$1 theirs=$2 wrong=0 same=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# unpack ARCHIVE FOLDER: exit status 1 for what is no archive
unpack() {
  mkdir -p "$2"
  case "$1" in
    *.tar.gz) tar -xzf "$1" -C "$2" ;;
    *.zip | *.nupkg) unzip -qq "$1" -d "$2" ;;
    *.deb) dpkg-deb -x "$1" "$2" && dpkg-deb -e "$1" "$2/DEBIAN" ;;
    *) return 1 ;;
  esac
}

(cd "$ours" && find . -type f | LC_ALL=C sort) > "$work/ours"
(cd "$theirs" && find . -type f | LC_ALL=C sort) > "$work/theirs"
while IFS= read -r path; do
  name=${path#./}
  if [ ! -f "$theirs/$name" ]; then
    echo "compare: $name: NOT THERE in the received release"; wrong=1
  elif cmp -s "$ours/$name" "$theirs/$name"; then
    same=$((same + 1))
  else
    echo "compare: $name: DIFFERENT"; wrong=1
    rm -rf "$work/a" "$work/b"
    if unpack "$ours/$name" "$work/a" && unpack "$theirs/$name" "$work/b"; then
      (cd "$work" && diff -rq a b || true) | sed 's|^Files a/\(.*\) and b/.* differ$|  inside: \1|; s|^Only in a\(.*\)|  inside, only ours\1|; s|^Only in b\(.*\)|  inside, only theirs\1|'
    fi
  fi
done < "$work/ours"
comm -13 "$work/ours" "$work/theirs" | sed 's|^\./\(.*\)|compare: \1: only in the received release|'
echo "compare: $same of $(wc -l < "$work/ours") files have the same bytes"
exit $wrong
