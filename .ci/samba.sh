#!/bin/bash
# A Samba domain of its own, in a folder that is deleted again, whose password script is the hook.
#
# Run as root on Debian or Ubuntu: it installs the packages of Samba; no service is started.
#   bash .ci/samba.sh [path of strongpass]      by default it is built
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*" >&2; sed 's/^/  | /' "$scratch/script.log" >&2 || :; exit 1; }

strongpass=${1-}
if [ -z "$strongpass" ]; then
  cargo build --quiet --release
  strongpass=${CARGO_TARGET_DIR:-target}/release/strongpass
fi
strongpass=$(realpath "$strongpass")

scratch=$(mktemp -d /tmp/strongpass-samba.XXXXXX)
policy_rc=
trap 'rm -rf "$scratch" $policy_rc' EXIT

if ! command -v samba-tool > /dev/null || ! [ -d /usr/share/samba/setup ]; then
  # Nothing is to listen on the network because of a test.
  if ! [ -e /usr/sbin/policy-rc.d ]; then
    policy_rc=/usr/sbin/policy-rc.d
    printf '#!/bin/sh\nexit 101\n' > $policy_rc
    chmod 755 $policy_rc
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update > "$scratch/apt.log"
  apt-get install -y --no-install-recommends samba samba-dsdb-modules samba-vfs-modules winbind \
    samba-ad-provision >> "$scratch/apt.log" 2>&1 || { cat "$scratch/apt.log"; exit 1; }
fi
say "$(samba-tool --version)"

# A history in which k.harper already has a password for email.
mkdir "$scratch/keys"
cat > "$scratch/history.toml" <<EOF
store = "$scratch/store/history.db"
keys = "$scratch/keys/history.keys"
[systems]
network = "the school network"
email = "email"
EOF
history=(--history-config "$scratch/history.toml")
"$strongpass" history init "${history[@]}" 2> /dev/null
printf %s 'mR7$vk4!xQ' |
  "$strongpass" history record "${history[@]}" --account k.harper --system email

# What Samba runs: the hook, and beside it a note of who was asked about, for how long, with which
# answer. Of the password only the length is noted.
cat > "$scratch/script" <<EOF
#!/bin/bash
begun=\$(date +%s%N)
password=\$(cat; echo .)
password=\${password%.}
printf %s "\$password" | "$strongpass" hook samba --policy birchington --history --system network \\
  --history-config "$scratch/history.toml" 2>> "$scratch/script.log"
code=\$?
took=\$(( (\$(date +%s%N) - begun) / 1000000 ))
echo "\$SAMBA_CPS_ACCOUNT_NAME \${#password} \$code \$took" >> "$scratch/calls"
exit \$code
EOF
chmod 755 "$scratch/script"
: > "$scratch/script.log"

conf=$scratch/domain/etc/smb.conf
begun=$(date +%s)
samba-tool domain provision --targetdir="$scratch/domain" --realm=SCHOOL.TEST --domain=SCHOOL \
  --server-role=dc --dns-backend=NONE --use-rfc2307 --adminpass='vT7$kq2z!Wp4&' \
  --option="check password script = $scratch/script" > "$scratch/provision.log" 2>&1 ||
  { cat "$scratch/provision.log"; fail "the domain could not be provisioned"; }
say "provisioned in $(($(date +%s) - begun)) s; the hook was asked about:"
awk '{ printf "  %s, %d characters: %s\n", $1, $2, $3 == 0 ? "accepted" : "refused" }' \
  "$scratch/calls"

# The passwords of these accounts are test data.
make() { samba-tool user create "$@" -s "$conf" > "$scratch/out" 2>&1; }
give() { samba-tool user setpassword "$1" --newpassword="$2" -s "$conf" > "$scratch/out" 2>&1; }
# The NT hash of an account: what is really stored.
stored() { pdbedit -s "$conf" -L -w 2> /dev/null | awk -F: -v name="$1" '$1 == name { print $4 }'; }
said() { tail -n 3 "$scratch/script.log" | grep -q -- "$1" || fail "the log lacks: $1"; }

accepted() { say "  accepted as it should be: $1"; }
refused() { say "  refused as it should be: $1"; }
must() { "${@:2}" && accepted "$1" || { cat "$scratch/out"; fail "refused: $1"; }; }
must_not() { ! "${@:2}" && refused "$1" || fail "accepted: $1"; }

say "then:"
must "a new account with a strong password" make k.harper 'Zw!nq82#Kf' --given-name=Kate \
  --surname=Harper
before=$(stored k.harper)
[ -n "$before" ] || fail "no password is stored for k.harper"
must_not "Xk9#horse!, with a word in it" give k.harper 'Xk9#horse!'
said 'k.harper: refused: dictionary-word: It contains a dictionary word.'
must_not "a password with the account's name" give k.harper 'H4rper#92zq'
must_not "a password with the person's first name" make a.lee '9!Amyzqx#4' --given-name=Amy \
  --surname=Lee
said 'a.lee: refused: personal:'
must_not "one that is too short, which Samba leaves to the script" give k.harper 'vT7$k'
must_not "the one that she uses for email" give k.harper 'mR7$vk4!xQ'
said 'one-system: It is already used for email'
must_not "nearly the one that she uses for email" give k.harper 'mR8$vk4!xQ'
said 'similar:'
[ "$(stored k.harper)" = "$before" ] || fail "a refused password was stored"
must "a strong one, with £ and ö" give k.harper 'vT7£kq2ö#Wq'
[ "$(stored k.harper)" != "$before" ] || fail "an accepted password was not stored"

machine() { samba-tool computer create "$1" -s "$conf" > "$scratch/out" 2>&1; }
must "a computer, with the password that Samba makes for it" machine pc17
long=$(head -c 4000 /dev/urandom | tr -dc 'a-zA-Z' | head -c 120)
must "a computer's 120 random letters" give 'pc17$' "$long"
asked=$(grep -c '^pc17' "$scratch/calls" || :)
say "  (Samba asked the hook $asked times about the computer)"
must "a service's 120 random letters" make dns-pc17 "$long"
must_not "a service with a password that somebody chose" give dns-pc17 'Service!2026'
must "an account named like a computer, with 14 random characters" make 'scan$' 'q7WzR4kVn2XpT9'
must_not "an account named like a computer, with a short password" give 'scan$' 'scan17'
must_not "a person's 120 random letters, without number and symbol" give k.harper "$long"

# An answer that comes too late is a no, and the reason is in the log.
must_not "anything, when the policy file is broken" bash -c '
  sed "s/--policy birchington/--policy none.toml/" "$1/script" > "$1/broken"
  chmod 755 "$1/broken"
  sed "s|= $1/script|= $1/broken|" "$2" > "$1/broken.conf"
  grep -q "$1/broken" "$1/broken.conf" || exit 0
  samba-tool user setpassword k.harper --newpassword="qN6%wz3&Jr" -s "$1/broken.conf" \
    > /dev/null 2>&1' - "$scratch" "$conf"
said 'no preset or file has that name'

for secret in 'Xk9#horse!' 'mR7$vk4!xQ' 'Zw!nq82#Kf' H4rper Amyzqx "$long"; do
  ! grep -qF -- "$secret" "$scratch/script.log" "$scratch/calls" || fail "the log holds a password"
done
say "no password is in the log; slowest answers:"
sort -k4,4nr "$scratch/calls" | head -n 3 |
  awk '{ printf "  %s: %d ms with the history, exit %d\n", $1, $4, $3 }'
worst=$(sort -k4,4nr "$scratch/calls" | head -n 1 | cut -d' ' -f4)
[ "$worst" -lt 8000 ] || fail "an answer took $worst ms"
say "samba: all is well"
