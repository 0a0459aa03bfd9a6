#!/usr/bin/env bash
# Makes the Debian package: contrib/deb/build.sh BUILT OUT
#
# BUILT is the folder with the built command and module (each with `cargo build --release -p …`, so
# that the module gets no features of the command's libraries); the package is written to OUT, and
# its name to standard output. Needs dpkg-dev (dpkg-shlibdeps) and cargo (for the licences of the
# libraries inside). The same sources give the same bytes.

set -euo pipefail
built=$(realpath "${1:?usage: build.sh BUILT OUT}")
out=$(realpath "${2:?usage: build.sh BUILT OUT}")
cd "$(dirname "$0")/../.."
umask 022
export LC_ALL=C.UTF-8

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
read -r _ revision _ < contrib/deb/changelog
revision=${revision//[()]/}
if [[ $revision != "$version"-* ]]; then
    echo "contrib/deb/changelog is about $revision, Cargo.toml about $version" >&2
    exit 1
fi
[[ $("$built/strongpass" --version) == "strongpass $version" ]]

# All files get the time of the entry in the changelog.
SOURCE_DATE_EPOCH=$(date -d "$(sed -n '/^ -- /{s/.*>  //p;q}' contrib/deb/changelog)" +%s)
export SOURCE_DATE_EPOCH
architecture=$(dpkg --print-architecture)
libraries=usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
root=$scratch/root
doc=$root/usr/share/doc/strongpass

put() { install -D --mode="$1" "$2" "$root/$3"; }
# What every manual has to be, and long text should be.
zipped() { mkdir -p "$(dirname "$root/$1")" && gzip -9n > "$root/$1.gz"; }

put 755 "$built/strongpass" usr/bin/strongpass
put 644 "$built/libpam_strongpass.so" "$libraries/security/pam_strongpass.so"
put 644 contrib/pam-configs/strongpass usr/share/pam-configs/strongpass
put 644 contrib/pam-configs/strongpass-record usr/share/pam-configs/strongpass-record
install -d "$root/etc/strongpass"

"$built/strongpass" man --dir "$scratch/man"
for page in "$scratch"/man/*.1; do
    zipped "usr/share/man/man1/$(basename "$page")" < "$page"
done
zipped usr/share/man/man8/pam_strongpass.8 < docs/man/pam_strongpass.8

completions() { "$built/strongpass" completions "$1" > "$scratch/completions"; }
completions bash && put 644 "$scratch/completions" usr/share/bash-completion/completions/strongpass
completions zsh && put 644 "$scratch/completions" usr/share/zsh/vendor-completions/_strongpass
completions fish && put 644 "$scratch/completions" usr/share/fish/vendor_completions.d/strongpass.fish

# The timer is on from the start, and does nothing without a history: what is old has to go even if
# nobody thinks of it. `systemctl mask` turns it off.
units=usr/lib/systemd/system
put 644 contrib/strongpass-expire.service $units/strongpass-expire.service
put 644 contrib/strongpass-expire.timer $units/strongpass-expire.timer
mkdir "$root/$units/timers.target.wants"
ln -s ../strongpass-expire.timer "$root/$units/timers.target.wants/strongpass-expire.timer"

# Never as live configuration: a history that is configured and not there refuses every password.
put 644 contrib/history.toml usr/share/doc/strongpass/examples/history.toml
put 644 contrib/strongpass-expire.cron usr/share/doc/strongpass/examples/strongpass-expire.cron
"$built/strongpass" policy show birchington > "$scratch/policy.toml"
put 644 "$scratch/policy.toml" usr/share/doc/strongpass/examples/policy.toml

put 644 contrib/deb/copyright usr/share/doc/strongpass/copyright
zipped usr/share/doc/strongpass/changelog.Debian < contrib/deb/changelog
zipped usr/share/doc/strongpass/changelog < CHANGELOG.md
zipped usr/share/doc/strongpass/wordlists.md < wordlists/SOURCES.md
# As they are: the command names them by these paths, and they name each other.
for page in docs/[a-z]*.md; do
    put 644 "$page" "usr/share/doc/strongpass/$(basename "$page")"
done
contrib/deb/libraries.sh | zipped usr/share/doc/strongpass/libraries.txt

mkdir -p "$scratch/debian" "$root/DEBIAN"
: > "$scratch/debian/control"
depends=$(cd "$scratch" && dpkg-shlibdeps -O --ignore-missing-info \
    -eroot/usr/bin/strongpass -e"root/$libraries/security/pam_strongpass.so" 2> "$scratch/log") ||
    { cat "$scratch/log" >&2; exit 1; }
cat > "$root/DEBIAN/control" << CONTROL
Package: strongpass
Version: $revision
Architecture: $architecture
Maintainer: $(sed -n '/^ -- /{s/^ -- \(.*>\)  .*/\1/p;q}' contrib/deb/changelog)
Installed-Size: $(du -k --apparent-size -s "$root" | cut -f1)
Depends: ${depends#shlibs:Depends=}, libpam-runtime (>= 1.1.3-2~)
Section: admin
Priority: optional
Homepage: $(sed -n 's/^repository = "\(.*\)"/\1/p' Cargo.toml)
Description: password checker with a school's own rule, for people, PAM and Samba
 Says whether a password is strong, everything that is wrong with it, and what
 to do: numbers, letters and symbols, 8 or more characters, no dictionary word
 in it, however disguised, and only used on one system. Every clause can be set.
 .
 The command checks passwords at a hidden prompt, in scripts and in lists of
 new accounts, makes new ones, and answers a Samba domain controller. The PAM
 module puts the same rule into passwd, chpasswd, newusers and every login with
 an expired password, for root too; it is enabled when the package is installed.
 .
 With a history, which is off until it is made, keyed slow fingerprints tell
 that a password, or nearly the same one, is in use on another system.
CONTROL
for script in postinst prerm postrm; do
    install --mode=755 "contrib/deb/$script" "$root/DEBIAN/$script"
done
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z |
    xargs -0 md5sum > DEBIAN/md5sums)
find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +

package=$out/strongpass_${revision}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" > /dev/null
echo "$package"
