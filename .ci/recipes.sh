#!/usr/bin/env bash
# Tries the recipes for scripts in docs/integrate.md as they stand there: .ci/recipes.sh BINARY
# Those for PAM are tried by .ci/pam.sh and .ci/deb.sh, that for Samba by .ci/samba.sh. Needs python3.

set -euo pipefail
export LC_ALL=C.UTF-8
binary=$(realpath "${1:?usage: recipes.sh BINARY}")
recipes=$(realpath "$(dirname "$0")/../docs/integrate.md")

fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
ok() { printf 'ok: %s\n' "$*"; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir bin
ln -s "$binary" bin/strongpass
# What is said to chpasswd, instead of doing it.
printf '#!/bin/sh\ncat >> said\n' > bin/chpasswd
chmod +x bin/chpasswd
export PATH="$folder/bin:$PATH"

# The first block of that kind below a heading.
block() {
    awk -v heading="$1" -v kind="$2" '
        $0 == heading { below = 1; next }
        below && /^```/ && !open { open = 1; inside = substr($0, 4) == kind; next }
        below && /^```/ { if (inside) exit; open = 0; next }
        below && !open && /^#/ { exit }
        inside' "$recipes" > block
    [[ -s block ]] || fail "no block \`$2\` below \"$1\""
    cat block
}

block '### bash' bash > recipe.sh
export account=k.harper
bash recipe.sh <<< 'Xk9#horse!' > /dev/null && [[ -e said ]] && fail 'bash: a weak one is set'
bash recipe.sh <<< 'vT7$kq2z' > /dev/null
[[ $(cat said) == 'k.harper:vT7$kq2z' ]] || fail 'bash: a strong one is not set'
ok 'bash'

block '### Python' python > recipe.py
python3 - << 'PYTHON'
import os
from recipe import faults

assert faults("vT7$kq2z", "k.harper") == []
assert faults("Xk9#horse!", "k.harper") == ["It contains a dictionary word."]
assert len(faults("horse", "k.harper")) == 4
os.environ["PATH"] = "/nowhere:" + os.path.join(os.getcwd(), "broken") + ":" + os.environ["PATH"]
os.mkdir("broken")
with open("broken/strongpass", "w") as broken:
    broken.write("#!/bin/sh\necho broken >&2\nexit 3\n")
os.chmod("broken/strongpass", 0o755)
try:
    faults("vT7$kq2z", "k.harper")
except RuntimeError as error:
    assert "broken" in str(error)
else:
    raise AssertionError("could not check, and nothing is said")
PYTHON
ok 'Python'

block '## New starters' '' > new.csv
block '## New starters' console > shown
said=$(sed -n '2,4p' shown)
[[ $(strongpass starters new.csv 2>&1 || true) == "$said" ]] || fail "starters: $(strongpass starters new.csv 2>&1)"
strongpass starters new.csv --fill -o ready.csv --slips slips.html > /dev/null 2>&1 || (($? == 1))
[[ $(stat -c %a ready.csv slips.html | tr '\n' ' ') == '600 600 ' ]] || fail 'starters: modes'
[[ $(cut -d, -f5 ready.csv | sed -n 2p | strongpass check --batch -) == accept ]] || fail 'starters: filled'
ok 'starters'

printf 'King Ethelbert\nTwinklebay\nQyz\n' > our-words.txt
block '## Your own words, elsewhere' sh > words.sh
# shellcheck disable=SC1091
. ./words.sh 2> /dev/null
grep -qx twinklebay banned.txt || fail "words: $(cat banned.txt)"
entra=$(sed -n '/^strongpass words export.*grep/p' "$recipes" | bash)
[[ $entra == *twinklebay* && $entra != *$'\nqyz\n'* ]] || fail "words for Entra: $entra"
ok 'words'
