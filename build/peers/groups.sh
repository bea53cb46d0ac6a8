# What each group is; read by peers.sh.

# Sigstore's own clients: judges of our bundles, makers of bundles for our verifier.
get_sigstore() {
  brought sigstore && program cosign && program sigstore-go-verification && starts cosign version
}

# moto, which answers like AWS (servers/aws-kms.py corrects it).
get_kms() {
  brought kms || return 1
  starter peers-python "$(debian_python)"
  starts peers-python -c 'import moto.server, moto.kms.responses'
}

# A PKCS#11 token in software.
get_tokens() {
  brought tokens || return 1
  module=$(found usr/lib/softhsm/libsofthsm2.so) || { lack softhsm2 "its package has no module"; return 1; }
  program softhsm2-util --module "$module" && program pkcs11-tool && starts softhsm2-util --version
}

# A second, quite different PKCS#11 module: one over a TPM in software.
get_tpm() {
  brought tpm || return 1
  for name in swtpm swtpm_setup tpm2-abrmd tpm2_ptool dbus-daemon dbus-run-session; do program "$name" || return 1; done
  # tpm2_ptool calls many of these.
  for path in "$folder"/tree/usr/bin/tpm2_*; do [ ! -e "$path" ] || program "${path##*/}" || return 1; done
  starts swtpm --version && starts tpm2-abrmd --version && starts tpm2_ptool --help && starts dbus-run-session --version
}

get_files() {
  brought files && program minisign && program signify-openbsd && starts minisign -v
}

# sigstore-js, exactly the tree of npm/package-lock.json; no script of a package is run. Its Node comes along: that of Debian 12 is too old for it.
get_js() {
  command -v node > /dev/null && command -v npm > /dev/null || { lack "group js" "node or npm is not installed"; return 1; }
  mkdir -p "$folder/js" && cp "$here"/npm/package*.json "$folder/js/" || return 1
  npm ci --prefix "$folder/js" --ignore-scripts --no-audit --no-fund --loglevel error > "$folder/js/log" 2>&1 || { lack "group js" "$(why "$folder/js/log")"; return 1; }
  js_node=$(ls "$folder"/js/node_modules/node-linux-*/bin/node 2> /dev/null) || js_node=node
  plain_starter peers-node NODE_PATH "$folder/js/node_modules" "$js_node"
  (cd "$folder/js" && "$folder/bin/peers-node" -p 'Object.entries({ ...require("./package.json").dependencies, ...require("./package.json").optionalDependencies }).filter(one => require("fs").existsSync("node_modules/" + one[0])).map(one => one.join(" ") + " npm").join("\n")') >> "$folder/got/js.new"
  starts peers-node -e 'require("@sigstore/mock"); require("@sigstore/verify"); require("sigstore")'
}
