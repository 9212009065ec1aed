# Sourced by every script: strict mode, the root folder, the tools' PATH, --help, and a few words they share.
# shellcheck shell=bash
set -euo pipefail

# The comment at the top of a script is its help.
if [[ ${1-} == -h || ${1-} == --help ]]; then
    sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit
fi

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
export PATH="$root/build/tools/node_modules/.bin:$PATH"
export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19
export TSAN_OPTIONS="external_symbolizer_path=$ASAN_SYMBOLIZER_PATH ${TSAN_OPTIONS-}"
export UBSAN_OPTIONS="print_stacktrace=1 ${UBSAN_OPTIONS-}"

say() { printf '==> %s\n' "$*" >&2; }
die() { printf '%s\n' "$*" >&2 && exit 1; }

# Runs a command as root: directly, or through sudo. A daemon that it starts must not inherit the lock below.
as_root() {
    if ((EUID == 0)); then
        "$@" 9>&-
    elif command -v sudo >/dev/null; then
        sudo "$@" 9>&-
    else
        die "This needs root: run it as root or install sudo, then try again: $*"
    fi
}

# Installs those of the Debian packages that are missing.
install_packages() {
    local missing=()
    mapfile -t missing < <(comm -23 <(printf '%s\n' "$@" | sort) \
        <(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' | sort))
    ((${#missing[@]})) || return 0
    say "Installing ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# Holds the checkout's lock until the script ends: two builds at once would only fight for the same cores.
one_at_a_time() {
    mkdir -p build
    exec 9>build/.lock
    flock --nonblock 9 || { say "Waiting for another build" && flock 9; }
}

# How many compilers to run at once: the cores, as far as memory allows one gigabyte for each.
compilers() {
    local cores gigabytes
    cores=$(nproc)
    gigabytes=$(awk '/MemAvailable/ {print int($2 / 1048576) + 1}' /proc/meminfo)
    echo $((cores < gigabytes ? cores : gigabytes))
}

# The files that match the patterns, one a line; nothing where none does.
files() {
    local pattern
    for pattern; do compgen -G "$pattern" || true; done
}

# All C++ files of ours, each ended by a null byte.
cpp_sources() { find server sandbox test bench fuzz -name node_modules -prune -o -name '*.[ch]pp' -print0; }
