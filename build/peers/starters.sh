# FOLDER/bin; read by peers.sh. A starter runs an unpacked program with the libraries and modules that were unpacked with it.
case $architecture in amd64) triplet=x86_64-linux-gnu ;; arm64) triplet=aarch64-linux-gnu ;; *) triplet=$architecture ;; esac
libraries=$folder/tree/usr/lib/$triplet:$folder/tree/lib/$triplet:$folder/tree/usr/lib/$triplet/swtpm
python_modules=$folder/tree/usr/lib/python3/dist-packages

quoted() { printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")"; }

# The Python that came along and no other: compiled modules fit no other one.
debian_python() { for one in "$folder"/tree/usr/bin/python3.*; do [ ! -x "$one" ] || { echo "$one"; return; }; done; }

# starter NAME PROGRAM [ARGUMENT…]
starter() {
  name=$1; shift
  command=$(for word in "$@"; do quoted "$word"; printf ' '; done)
  cat > "$folder/bin/$name" << END
#!/bin/sh
export LD_LIBRARY_PATH=$(quoted "$libraries")
export PYTHONPATH=$(quoted "$python_modules")
export PYTHONDONTWRITEBYTECODE=1
exec $command"\$@"
END
  chmod +x "$folder/bin/$name"
}

# plain_starter NAME VARIABLE VALUE PROGRAM: a program that wants no libraries of ours, with one thing said to it.
plain_starter() {
  printf '#!/bin/sh\nexport %s=%s\nexec %s "$@"\n' "$2" "$(quoted "$3")" "$(quoted "$4")" > "$folder/bin/$1"
  chmod +x "$folder/bin/$1"
}

# The first of these paths that was unpacked.
found() {
  for path in "$@"; do [ ! -e "$folder/tree/$path" ] || { echo "$folder/tree/$path"; return; }; done
  return 1
}

# program NAME [ARGUMENT…]: a starter for what the packages brought.
program() {
  name=$1; shift
  path=$(found "usr/bin/$name" "usr/sbin/$name" "bin/$name" "sbin/$name") || { lack "$name" "its package has no such program"; return 1; }
  if head -c 20 "$path" | grep -aq '^#!.*python'; then
    starter "$name" "$(debian_python)" "$path" "$@"
  else
    starter "$name" "$path" "$@"
  fi
}

# starts NAME [ARGUMENT…]: the program runs on this machine.
starts() {
  name=$1; shift
  said=$(timeout 60 "$folder/bin/$name" "$@" 2>&1 < /dev/null) || { lack "$name" "it does not start: $(echo "$said" | tail -n 1 | cut -c1-160)"; return 1; }
}

write_environment() {
  cat > "$folder/env.sh" << END
# Made by build/peers/peers.sh.
export PATH=$(quoted "$folder/bin"):"\$PATH"
export PEERS=$(quoted "$folder")
# For our own programs, when they load one of these PKCS#11 modules.
export PEERS_LIBRARY_PATH=$(quoted "$libraries")
export PEERS_SOFTHSM=$(quoted "$(found usr/lib/softhsm/libsofthsm2.so)")
export PEERS_TPM2_PKCS11=$(quoted "$(found "usr/lib/$triplet/libtpm2_pkcs11.so.1")")
export PEERS_DBUS_CONFIG=$(quoted "$(found usr/share/dbus-1/session.conf)")
END
}
