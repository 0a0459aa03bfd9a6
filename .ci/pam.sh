#!/usr/bin/env bash
# The PAM module as it is installed: .ci/pam.sh
# 1. Its budgets: size, libraries, symbols, instructions.
# 2. The real passwd, chpasswd, newusers and pam-auth-update with pam_unix, as root, in a private
#    mount namespace over copies of /etc and of all else that they write to: the machine keeps its
#    accounts.

set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never LC_ALL=C

fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
ok() { printf 'ok: %s\n' "$*"; }
as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }

readonly MOST_BYTES=$((4 << 20)) MOST_INSTRUCTIONS=500000
readonly WEAK='Xk9#horse!' STRONG='vT7$kq2z' OTHER='hG4&xr9m!Jb' THIRD='9Zx!mWq2'

# --- 1. Budgets -------------------------------------------------------------------------------

budgets() {
    local module=$1 bytes needed symbols scratch
    bytes=$(stat -c %s "$module")
    ((bytes <= MOST_BYTES)) || fail "the module has $bytes bytes; $MOST_BYTES are the most"
    ok "size: $bytes bytes"

    # The dynamic linker, which is in every process, comes with libc (for thread-local storage).
    needed=$(readelf -d "$module" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -v '^ld-linux' |
        sort | tr '\n' ' ')
    [[ $needed == 'libc.so.6 libgcc_s.so.1 libpam.so.0 ' ]] || fail "it needs: $needed"
    ok "libraries: $needed"

    symbols=$(nm -D --defined-only "$module" | awk '{ print $2, $3 }')
    [[ $symbols == 'T pam_sm_chauthtok' ]] || fail "it exports: $symbols"
    readelf -d "$module" | grep -q 'FLAGS_1.*NODELETE' || fail 'it lacks NODELETE'
    ok 'symbols: pam_sm_chauthtok alone; never unloaded'
    # No installed module can be made to panic.
    if grep -q debug_panic "$module"; then fail 'it has the argument debug_panic'; fi

    scratch=$(mktemp -d)
    cc -O1 -o "$scratch/host" .ci/pam-host.c -l:libpam.so.0
    printf 'password required pam_permit.so\n' > "$scratch/permit"
    printf 'password requisite %s policy=birchington retry=3\npassword required pam_permit.so\n' \
        "$module" > "$scratch/checked"
    local -A instructions
    local service
    for service in permit checked; do
        valgrind --tool=callgrind --callgrind-out-file=/dev/null \
            "$scratch/host" "$scratch" "$service" root "$STRONG" 2> "$scratch/log" ||
            fail "the stack $service refused a strong password: $(cat "$scratch/log")"
        instructions[$service]=$(sed -n 's/.*Collected : //p' "$scratch/log")
    done
    local code=0
    "$scratch/host" "$scratch" checked root "$WEAK" || code=$?
    ((code == 11)) || fail "a weak password got code $code, not 11 (PAM_MAXTRIES)"
    rm -r "$scratch"
    local cost=$((instructions[checked] - instructions[permit]))
    ((cost <= MOST_INSTRUCTIONS)) || fail "$cost instructions; $MOST_INSTRUCTIONS are the most"
    ok "instructions from dlopen to verdict, both passes: $cost"
}

# --- 2. With the real programs ----------------------------------------------------------------

# Nothing for an account that is not there yet.
shadow() { getent shadow "$1" | cut -d: -f2 || true; }

# Runs a command, and fails unless it fails, says all of the texts, and leaves the account as it is.
refused() {
    local account=$1 what=$2 before after output code=0 text
    shift 2
    local texts=()
    while [[ $1 != -- ]]; do texts+=("$1"); shift; done
    shift
    before=$(shadow "$account")
    output=$("$@" 2>&1) || code=$?
    after=$(shadow "$account")
    ((code != 0)) || fail "$what: not refused: $output"
    [[ $before == "$after" ]] || fail "$what: the password was changed: $output"
    for text in "${texts[@]}"; do
        [[ $output == *"$text"* ]] || fail "$what: \"$text\" is not in: $output"
    done
    [[ $output != *"$WEAK"* && $output != *"$STRONG"* ]] || fail "$what: the password was shown"
    ok "refused: $what"
}

accepted() {
    local account=$1 what=$2 before after output code=0
    shift 2
    before=$(shadow "$account")
    output=$("$@" 2>&1) || code=$?
    after=$(shadow "$account")
    ((code == 0)) || fail "$what: refused: $output"
    [[ $before != "$after" && $after == \$* ]] || fail "$what: nothing was changed: $output"
    ok "accepted: $what"
}

uses() { "$COMMAND" history uses "$1" 2> /dev/null | awk '{ print $2 }' | sort | tr '\n' ' '; }

remembered() { [[ $(uses "$1") == "$2" ]] || fail "remembered of $1: \"$(uses "$1")\", not \"$2\""; }

chpasswd_of() { printf '%s:%s\n' "$1" "$2" | chpasswd; }
newusers_of() { printf '%s:%s:::New Starter:%s/home:/bin/sh\n' "$1" "$2" "$PLACE" | newusers; }
# As root, who is not asked for the old password.
passwd_of() {
    local account=$1
    shift
    printf '%s\n' "$@" | passwd "$account"
}
vpn_passwd_of() {
    local account=$1
    shift
    printf '%s\n' "$@" | pamtester -v vpn-passwd "$account" chauthtok
}

# As the person, who is asked for the old password; at a terminal, as passwd wants it.
own_passwd() {
    local account=$1
    shift
    expect -f - "$account" "$@" << 'EXPECT'
set timeout 600
spawn -noecho su -s /bin/sh [lindex $argv 0] -c passwd
foreach answer [lrange $argv 1 end] {
    expect -re {assword: $}
    send -- "$answer\r"
}
expect eof
exit [lindex [wait] 3]
EXPECT
}

stack() { grep '^password' /etc/pam.d/common-password | tr -s '\t ' ' '; }

profiles() {
    stack > "$PLACE/stock"
    pam-auth-update --force --enable strongpass strongpass-record
    local expected='password requisite pam_strongpass.so retry=3
password [success=1 default=ignore] pam_unix.so obscure use_authtok try_first_pass yescrypt
password requisite pam_deny.so
password required pam_permit.so
password optional pam_strongpass.so record'
    [[ $(stack) == "$expected" ]] || fail "pam-auth-update made: $(stack)"
    ok 'pam-auth-update: both lines are where they belong'
}

without_history() {
    refused u1 'chpasswd by root, weak' 'BAD PASSWORD: It contains a dictionary word' -- \
        chpasswd_of u1 "$WEAK"
    if chpasswd_of u1 "$WEAK" 2>&1 | grep -q 'refused just now'; then
        fail 'chpasswd, weak: told of a question that nobody was asked'
    fi
    accepted u1 'chpasswd by root, strong' chpasswd_of u1 "$STRONG"
    refused u1 'passwd by root, three weak ones' 'It is too short' 'It has no number' \
        'It has no symbol' 'It contains a dictionary word' -- passwd_of u1 horse tiger lemon
    accepted u1 'passwd by root, weak, then strong' passwd_of u1 "$WEAK" "$OTHER" "$OTHER"
    refused u1 'the real name (GECOS)' 'a name that belongs to you' -- \
        chpasswd_of u1 'vT7$quillfeather'
}

misconfigured() {
    printf 'min_lenght = 8\n' > /etc/strongpass/policy.toml
    refused u1 'a misspelt key' 'not set up correctly' 'did you mean `min_length`?' -- \
        chpasswd_of u1 "$THIRD"
    printf 'words = ["school.fst"]\n' > /etc/strongpass/policy.toml
    local output
    output=$(passwd u1 < /dev/null 2>&1) && fail 'a missing word list: not refused'
    [[ $output == *'no such word list'* && $output != *'New password'* ]] ||
        fail "a missing word list is announced before the prompt: $output"
    ok 'refused: a missing word list, before the prompt'
    rm /etc/strongpass/policy.toml
}

with_history() {
    sed "s|^# store = \"[^\"]*\"|store = \"$PLACE/strongpass/history.db\"|
        s|^\[pam\]|[pam]\nvpn-passwd = \"vpn\"|" contrib/history.toml > /etc/strongpass/history.toml
    printf '@include common-password\n' > /etc/pam.d/vpn-passwd
    refused u1 'a history that is not there yet' 'not set up correctly' 'strongpass history init' \
        -- chpasswd_of u1 "$THIRD"
    "$COMMAND" history init 2> /dev/null

    accepted u1 'chpasswd, recorded' chpasswd_of u1 "$STRONG"
    remembered u1 'network '
    refused u1 'the same for a second system' 'already used for the school network' -- \
        vpn_passwd_of u1 "$STRONG" "$STRONG" "$STRONG"
    remembered u1 'network '
    accepted u1 'another for a second system' vpn_passwd_of u1 "$OTHER" "$OTHER"
    remembered u1 'network vpn '

    newusers_of n1 "$WEAK" > "$PLACE/out" 2>&1 && fail 'newusers, weak: not refused'
    grep -q 'BAD PASSWORD: It contains a dictionary word' "$PLACE/out" ||
        fail "newusers, weak: $(cat "$PLACE/out")"
    [[ $(shadow n1) != \$* ]] || fail 'newusers, weak: the account has a password'
    remembered n1 ''
    ok 'refused: newusers by root, weak'
    accepted n2 'newusers by root, strong' newusers_of n2 "$STRONG"
    remembered n2 'network '
    refused n2 "a new starter's for a second system" 'already used for the school network' -- \
        vpn_passwd_of n2 "$STRONG" "$STRONG" "$STRONG"
}

by_the_person() {
    chpasswd_of u1 "$THIRD"
    refused u1 'passwd by the person, near the old one' 'nearly the same as the old password' -- \
        own_passwd u1 "$THIRD" '9Zx!mWq3' '9Zx!mWq4' '9Zx!mWq5'
    accepted u1 'passwd by the person' own_passwd u1 "$THIRD" 'Lw5%tbn8Rk' 'Lw5%tbn8Rk'
    refused u1 'an expired one, changed by a program of root' 'It contains a dictionary word' -- \
        expired u1 'Lw5%tbn8Rk' "$WEAK" "$WEAK"
}

expired() {
    local account=$1
    shift
    chage -d 0 "$account"
    printf '%s\n' "$@" | pamtester -v passwd "$account" 'chauthtok(PAM_CHANGE_EXPIRED_AUTHTOK)'
}

recorded_only_after_success() {
    local before
    before=$(uses u1)
    "$COMMAND" history export 2> /dev/null | sort > "$PLACE/before"
    mount -o remount,ro,bind /etc
    refused u1 'what pam_unix cannot store' -- chpasswd_of u1 'Zq6&dwn3Pv'
    mount -o remount,rw,bind /etc
    [[ $(uses u1) == "$before" ]] || fail 'it was recorded all the same'
    "$COMMAND" history export 2> /dev/null | sort | cmp - "$PLACE/before" ||
        fail 'it was recorded all the same'
    ok 'recorded only after success'
    accepted u1 'the same, now that it can be stored' chpasswd_of u1 'Zq6&dwn3Pv'
}

inside() {
    local module=$1 security
    COMMAND=$2
    # Root's alone: the history refuses any other place.
    PLACE=$(mktemp -d)
    security=$(dirname "$(find /lib /usr/lib /lib64 /usr/lib64 -name pam_unix.so 2> /dev/null | head -1)")
    local folder copy
    FOLDERS=(/etc /var/lib/pam /var/cache/debconf /usr/share/pam-configs "$security")
    trap 'umount -l "${FOLDERS[@]}"; rm -rf "$PLACE"' EXIT
    for folder in "${FOLDERS[@]}"; do
        copy=$PLACE/copy$folder
        mkdir -p "$(dirname "$copy")"
        cp -a "$folder" "$copy"
        mount --bind "$copy" "$folder"
    done
    chmod 755 "$PLACE"
    install -m 644 "$module" "$security/pam_strongpass.so"
    install -m 644 contrib/pam-configs/* /usr/share/pam-configs/
    rm -rf /etc/strongpass
    install -d -m 755 /etc/strongpass
    install -d -m 700 "$PLACE/strongpass"
    export DEBIAN_FRONTEND=noninteractive
    useradd --no-log-init --no-create-home --comment 'Zebedee Quillfeather,Room 4' \
        --home-dir "$PLACE/home" u1

    profiles
    without_history
    misconfigured
    with_history
    by_the_person
    recorded_only_after_success

    pam-auth-update --force --disable strongpass strongpass-record
    stack | cmp - "$PLACE/stock" || fail "pam-auth-update left: $(stack)"
    ok 'pam-auth-update: disabled, the stack is as it was'
}

if [[ ${1-} == --inside ]]; then
    inside "$2" "$3"
    exit
fi

missing=()
for program in valgrind pamtester expect; do
    command -v "$program" > /dev/null || missing+=("$program")
done
if ((${#missing[@]} > 0)); then
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get -qq update < /dev/null
    as_root apt-get -qq install --yes --no-install-recommends "${missing[@]}" < /dev/null
fi
cargo build --release -p pam_strongpass
cargo build --release -p strongpass
built=$(realpath "${CARGO_TARGET_DIR:-target}")/release

budgets "$built/libpam_strongpass.so"
as_root unshare --mount --propagation private \
    bash .ci/pam.sh --inside "$built/libpam_strongpass.so" "$built/strongpass" < /dev/null
