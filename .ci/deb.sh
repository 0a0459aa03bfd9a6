#!/usr/bin/env bash
# The Debian package, as it is used: .ci/deb.sh
# It is built twice, judged by lintian, and then installed, tried, upgraded, removed and purged by
# the real dpkg, with the real passwd, chpasswd and newusers, as root, over an overlay of this
# machine's whole file system that is thrown away: the machine keeps its packages and accounts.

set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never LC_ALL=C DEBIAN_FRONTEND=noninteractive

fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
ok() { printf 'ok: %s\n' "$*"; }
as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }

readonly WEAK='Xk9#horse!' STRONG='vT7$kq2z' OTHER='hG4&xr9m!Jb' THIRD='9Zx!mWq2'

# --- Inside the overlay -----------------------------------------------------------------------

shadow() { getent shadow "$1" | cut -d: -f2 || true; }
chpasswd_of() { printf '%s:%s\n' "$1" "$2" | chpasswd; }
newusers_of() { printf '%s:%s:::New Starter:%s/home:/bin/sh\n' "$1" "$2" "$PWD" | newusers; }

refused() {
    local what=$1 before output code=0
    shift
    before=$(shadow u1)
    output=$("$@" 2>&1) || code=$?
    ((code != 0)) || fail "$what: not refused: $output"
    [[ $(shadow u1) == "$before" ]] || fail "$what: the password was changed: $output"
    ok "refused: $what"
}

accepted() {
    local what=$1 before output
    shift
    before=$(shadow u1)
    output=$("$@" 2>&1) || fail "$what: refused: $output"
    [[ $(shadow u1) != "$before" ]] || fail "$what: nothing was changed: $output"
    ok "accepted: $what"
}

# All files where packages put them, with their modes and owners, and what PAM's configuration says;
# without what dpkg and debconf note of their doings, and our accounts.
snapshot() {
    find /etc /opt /srv /usr /var -xdev \( -path /var/log -o -path /var/cache -o -path /var/tmp \
        -o -path '/var/lib/dpkg/status*' -o -path '/var/lib/dpkg/lock*' \
        -o -path '/var/lib/dpkg/triggers*' -o -path '/etc/passwd*' -o -path '/etc/shadow*' \
        -o -path '/etc/group*' -o -path '/etc/gshadow*' -o -path '/etc/sub?id*' \
        -o -path /etc/.pwd.lock \) -prune -o -printf '%p %M %u:%g %l\n' | sort
    sha256sum /etc/pam.d/* /var/lib/pam/*
}

same_as_before() {
    local what=$1 extra=$2 found
    snapshot > after
    diff before after > difference || true
    found=$(sed -n 's/^[<>] \([^ ]*\).*/\1/p' difference | sort -u | tr '\n' ' ')
    [[ $found == "$extra" ]] || fail "$what leaves, or takes away: $(cat difference)"
    ok "$what leaves nothing but: ${extra:-nothing}"
}

# What `doctor` finds wrong.
doctor() { strongpass doctor --json | grep -o '"check":"[^"]*","state":"fails"' || true; }

installed() {
    dpkg -i strongpass.deb > log 2>&1 || fail "dpkg -i: $(cat log)"
    [[ $(stat -c '%U:%G %a' /usr/lib/*/security/pam_strongpass.so) == 'root:root 644' ]] || fail 'module'
    [[ ! -e /etc/strongpass/history.toml && ! -e /var/lib/strongpass ]] || fail 'a history is switched on'
    local lines
    lines=$(grep -c '^password.*pam_strongpass\.so' /etc/pam.d/common-password || true)
    ((lines == 2)) || fail "$lines lines in common-password"
    strongpass doctor > log || fail "doctor: $(cat log)"
    grep -q 'ok    PAM (.*passwd.*): every new password is judged' log || fail "doctor: $(cat log)"
    ok 'installed: doctor finds everything in order'
}

manuals_and_completions() {
    local page
    for page in strongpass.1 strongpass-check.1 strongpass-history-init.1 pam_strongpass.8; do
        gzip -dc "/usr/share/man/man${page##*.}/$page.gz" | groff -Kutf8 -man -ww -z -Tutf8 2> log || true
        [[ ! -s log ]] || fail "$page: $(cat log)"
    done
    bash -c '. /usr/share/bash-completion/completions/strongpass
        COMP_WORDS=(strongpass do) COMP_CWORD=1 COMP_LINE="strongpass do" COMP_POINT=13
        _strongpass strongpass do strongpass; echo "${COMPREPLY[*]}"' > log
    grep -qx doctor log || fail "completion: $(cat log)"
    if command -v systemd-analyze > /dev/null; then
        systemd-analyze verify /usr/lib/systemd/system/strongpass-expire.{service,timer} 2> log ||
            fail "units: $(cat log)"
        grep strongpass log && fail 'units'
    fi
    ok 'manuals, completion and units are understood'
}

exercised() {
    refused 'chpasswd by root, weak' chpasswd_of u1 "$WEAK"
    accepted 'chpasswd by root, strong' chpasswd_of u1 "$STRONG"
    refused 'passwd by root, weak' bash -c "printf '%s\n' '$WEAK' '$WEAK' '$WEAK' | passwd u1"
    accepted 'passwd by root, weak, then strong' \
        bash -c "printf '%s\n' '$WEAK' '$OTHER' '$OTHER' | passwd u1"
    newusers_of n1 "$WEAK" > log 2>&1 && fail 'newusers, weak: not refused'
    grep -q 'contains a dictionary word' log || fail "newusers: $(cat log)"
    ok 'refused: newusers by root, weak'
    newusers_of n2 "$STRONG" > log 2>&1 || fail "newusers, strong: $(cat log)"
    [[ $(shadow n2) == \$* ]] || fail 'newusers, strong: nothing was stored'
    ok 'accepted: newusers by root, strong'
}

remembered() {
    install -m 644 /usr/share/doc/strongpass/examples/history.toml /etc/strongpass/history.toml
    refused 'a history that is configured and not there' chpasswd_of u1 "$THIRD"
    doctor | grep -q '"history","state":"fails"' || fail 'doctor does not miss the history'
    strongpass history init 2> log || fail "history init: $(cat log)"
    accepted 'chpasswd with a history' chpasswd_of u1 "$THIRD"
    [[ $(strongpass history uses u1 | grep -c network) == 1 ]] || fail 'it is not remembered'
    [[ $(stat -c %a /var/lib/strongpass /etc/strongpass/history.keys | tr '\n' ' ') == '700 600 ' ]] ||
        fail 'modes of the history'
    strongpass doctor > log || fail "doctor with a history: $(cat log)"
    local code=0
    su -s /bin/sh nobody -c 'strongpass doctor' > log || code=$?
    ((code == 3)) || fail "doctor of somebody else: $code: $(cat log)"
    install -m 644 /usr/share/doc/strongpass/examples/policy.toml /etc/strongpass/policy.toml
    strongpass doctor > log || fail "doctor with a policy: $(cat log)"
    # What the timer runs.
    [[ $(bash -c "$(sed -n 's/^ExecStart=//p' /usr/lib/systemd/system/strongpass-expire.service)") == \
        'forgot 0 records' ]] || fail 'expire'
    ok 'the history of the example is made, used and expired; doctor finds it in order'
}

# As people get it wrong: each is found, and what is found is true.
found() {
    local stack=$1 expected=$2 said
    cp /etc/pam.d/common-password common-password
    "$stack"
    said=$(doctor)
    [[ $said == *"$expected"* ]] || fail "$stack: doctor says: $said"
    ok "doctor: $stack: $expected"
}
restored() { cp common-password /etc/pam.d/common-password; }
jumped_over() {
    sed -i '0,/^password.*pam_strongpass/s//password [success=1 default=ignore] pam_rootok.so\n&/' /etc/pam.d/common-password
    sed -i '/pam_unix/s/use_authtok//' /etc/pam.d/common-password
}
others_write() { chmod 666 /etc/pam.d/common-password; }

mistakes() {
    found jumped_over '"check":"pam-asked","state":"fails"'
    accepted '... which lets a weak one in' chpasswd_of u1 "$WEAK"
    restored
    found others_write '"check":"owners","state":"fails"'
    chmod 644 /etc/pam.d/common-password
    strongpass doctor > log || fail "doctor does not forgive: $(cat log)"
}

# Whether it finds every one of them.
at_random() {
    cp /etc/pam.d/chpasswd chpasswd
    python3 .ci/stacks.py 2026 300 > log 2>&1 || fail "$(cat log)"
    cp chpasswd /etc/pam.d/chpasswd
    ok "$(cat log)"
}

# With Debian's other checker: beside ours it may ask for a password that ours does not see.
with_pwquality() {
    apt-get -qq install --yes --no-install-recommends libpam-pwquality > log 2>&1 ||
        fail "libpam-pwquality: $(cat log)"
    ! grep -q pam_pwquality /etc/pam.d/common-password || fail 'pam_pwquality is enabled beside ours'
    ok 'libpam-pwquality, installed later, is not enabled beside ours'
    cp /etc/pam.d/common-password common-password
    sed -i '/^password.*pam_unix/i password requisite pam_pwquality.so retry=3 enforce_for_root' \
        /etc/pam.d/common-password
    mkdir /etc/security/pwquality.conf.d
    # Its dictionary comes with another package, and without it nothing would be accepted.
    printf 'minlen = 14\ndictcheck = 0\n' > /etc/security/pwquality.conf.d/ci.conf
    local passphrase=correcthorsebattery
    doctor | grep -q '"pam-holds","state":"fails"' || fail 'doctor does not find pam_pwquality behind ours'
    accepted 'with pam_pwquality behind ours, one that it asks for itself' \
        bash -c "printf '%s\n' 'Zq6&dwn3Pv' 'Zq6&dwn3Pv' $passphrase $passphrase | passwd u1"
    restored
    refused 'the same without it' bash -c "printf '%s\n' $passphrase $passphrase $passphrase | passwd u1"
    apt-get -qq purge --yes libpam-pwquality > log 2>&1
    rm -rf /etc/security/pwquality.conf.d
}

# The stacks of the recipes for other distributions, in the real libpam.
recipes() {
    local name
    for name in fedora-strongpass fedora-local-strongpass arch-strongpass; do
        cp -a /etc/pam.d pam.d
        cp "tests/pam/$name/"* /etc/pam.d/
        printf '@include system-auth\n' > /etc/pam.d/chpasswd
        [[ $(strongpass doctor --service passwd --service chpasswd --json) == *'"in_order":true'* ]] ||
            fail "$name: $(strongpass doctor --service passwd)"
        strongpass history forget u1 > log
        refused "$name: weak" chpasswd_of u1 "$WEAK"
        accepted "$name: strong" chpasswd_of u1 "$1"
        [[ $(strongpass history uses u1 | grep -c network) == 1 ]] || fail "$name: not remembered"
        refused "$name: what was used before" chpasswd_of u1 "$1"
        rm -r /etc/pam.d
        mv pam.d /etc/pam.d
        shift
    done
}

inside() {
    useradd --no-log-init --no-create-home --home-dir "$PWD/home" u1
    # What pam_pwquality needs stays when that is purged; so does the account of the tests.
    apt-get -qq install --yes --no-install-recommends libpwquality1 libpwquality-common > log 2>&1 ||
        fail "libpwquality1: $(cat log)"
    snapshot > before
    installed
    manuals_and_completions
    exercised
    remembered
    mistakes
    at_random
    with_pwquality
    recipes 'Lw5%tbn8Rk' 'Bq8;ftz4Xd' 'Jm2>vcr7Hs'

    # What an administrator added to a line stays.
    sed -i '/requisite.*pam_strongpass/s/$/ audit_only/' /etc/pam.d/common-password
    dpkg -i strongpass.deb > log 2>&1 || fail "upgrade: $(cat log)"
    grep -q 'pam_strongpass.*audit_only' /etc/pam.d/common-password || fail 'the upgrade lost an argument'
    accepted 'a weak one, only noted' chpasswd_of u1 "$WEAK"
    sed -i 's/ audit_only//' /etc/pam.d/common-password
    strongpass doctor > log || fail "doctor after the upgrade: $(cat log)"
    [[ -n $(strongpass history uses u1) ]] || fail 'the upgrade lost the history'
    ok 'upgraded: the same, with its history'

    # A line that was added by hand is not ours to take out, but to tell of.
    printf 'password requisite pam_strongpass.so\n' > /etc/pam.d/by-hand
    dpkg -r strongpass > log 2>&1 || fail "dpkg -r: $(cat log)"
    grep -q '/etc/pam.d/by-hand' log || fail "nothing is said of a line that is left: $(cat log)"
    grep -q 'the history of passwords is still there' log || fail "nothing is said of the history: $(cat log)"
    rm /etc/pam.d/by-hand
    accepted 'without the package, anything' chpasswd_of u1 "$WEAK"
    local history='/etc/strongpass /etc/strongpass/history.keys /etc/strongpass/history.toml'
    # A reader cannot take away the files that SQLite makes beside the database.
    local store='/var/lib/strongpass /var/lib/strongpass/history.db /var/lib/strongpass/history.db-shm'
    store+=' /var/lib/strongpass/history.db-wal /var/lib/strongpass/history.db.lock'
    for file in $store; do [[ -e $file ]] || store=${store/" $file"/}; done
    same_as_before 'removal' "$history /etc/strongpass/policy.toml /var/lib/dpkg/info/strongpass.list /var/lib/dpkg/info/strongpass.postrm $store "
    dpkg -P strongpass > log 2>&1 || fail "dpkg -P: $(cat log)"
    same_as_before 'purge' "$history $store "
    rm -r /var/lib/strongpass /etc/strongpass/history.*
    dpkg -i strongpass.deb > log 2>&1
    dpkg -P strongpass > log 2>&1
    rm -rf /etc/strongpass
    same_as_before 'purge without a history' ''
}

if [[ ${1-} == --overlay ]]; then
    scratch=$(mktemp -d)
    trap 'umount -lR "$scratch" && rmdir "$scratch"' EXIT
    mount -t tmpfs -o mode=755 strongpass "$scratch"
    mkdir "$scratch"/{upper,work,root}
    mount -t overlay -o "lowerdir=/,upperdir=$scratch/upper,workdir=$scratch/work" overlay "$scratch/root"
    for folder in proc dev; do mount --rbind "/$folder" "$scratch/root/$folder"; done
    place=$scratch/root/ci
    mkdir "$place"
    cp "$2" "$place/strongpass.deb"
    cp -r tests .ci "$place/"
    chroot "$scratch/root" bash /ci/.ci/deb.sh --inside
    exit
fi
if [[ ${1-} == --inside ]]; then
    inside
    exit
fi

missing=()
for program in lintian:lintian dpkg-shlibdeps:dpkg-dev groff:groff python3:python3; do
    command -v "${program%:*}" > /dev/null || missing+=("${program#*:}")
done
if ((${#missing[@]} > 0)); then
    as_root apt-get -qq update < /dev/null
    as_root apt-get -qq install --yes --no-install-recommends "${missing[@]}" < /dev/null
fi
cargo build --release -p pam_strongpass
cargo build --release -p strongpass
built=$(realpath "${CARGO_TARGET_DIR:-target}")/release
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch"/{one,two}
package=$(contrib/deb/build.sh "$built" "$scratch/one")
cmp "$package" "$(contrib/deb/build.sh "$built" "$scratch/two")" || fail 'not the same bytes twice'
ok "$(basename "$package"): $(stat -c %s "$package") bytes, the same twice"
# It is no upload to Debian, which wants a bug to be closed by the first one.
lintian --allow-root --fail-on error,warning --suppress-tags initial-upload-closes-no-bugs "$package" ||
    fail 'lintian'
ok 'lintian: no error, no warning'
as_root unshare --mount --propagation private bash .ci/deb.sh --overlay "$package" < /dev/null
