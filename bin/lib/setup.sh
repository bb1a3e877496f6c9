# Sourced by the commands in this folder: installs what they need and leaves $root and $node. POSIX sh.

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root" || exit 1

say() { printf '%s\n' "$*" >&2; }

# apt_install PACKAGE... : only as root where apt-get exists; 1 otherwise.
apt_install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  say "Installing with apt: $*"
  apt_log=$(mktemp)
  if ! { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }; } >"$apt_log" 2>&1; then
    tail -n 20 "$apt_log" >&2
    rm -f "$apt_log"
    return 1
  fi
  rm -f "$apt_log"
}

# need WHAT 'TEST' PACKAGE... : installs the packages when the test fails, or says what is missing.
need() {
  need_what=$1 need_test=$2
  shift 2
  sh -c "$need_test" >/dev/null 2>&1 && return 0
  apt_install "$@" && sh -c "$need_test" >/dev/null 2>&1 && return 0
  say "ERROR: $need_what is needed. On Debian: apt-get install $*. Elsewhere install the same with your package manager, then run this again."
  exit 1
}

# Behind a proxy with its own certificate authority the system's certificates are the ones that count.
if [ -z "${NODE_EXTRA_CA_CERTS-}" ] && [ -r /etc/ssl/certs/ca-certificates.crt ]; then
  export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
fi

need 'Node.js with npm' 'node --version && npm --version' nodejs npm ca-certificates
need 'Python 3 with venv and pip' 'python3 -c "import venv, ensurepip"' python3 python3-venv

if ! cmp -s package-lock.json node_modules/.installed-lock; then
  say 'Installing the npm packages of package-lock.json'
  npm ci --no-audit --no-fund --loglevel=error >&2 || exit 1
  cp package-lock.json node_modules/.installed-lock
fi

# Node 24 came with the packages where npm has it for this machine; any Node from 22.15 will do elsewhere.
node=$root/node_modules/.bin/node
[ -x "$node" ] || node=$(command -v node)
"$node" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 15) ? 0 : 1)' || {
  say "ERROR: Node 22.15 or newer is needed, $("$node" --version) was found."
  exit 1
}
PATH=$root/node_modules/.bin:$PATH
export PATH
"$node" scripts/build.ts >/dev/null || exit 1
