#!/usr/bin/env bash
# The audit of a register of passcodes beside the real `age` and under strace:
# .ci/passcode.sh target/release/strongpass
#
# Needs age and strace. Nothing that the command writes, wherever it writes it, may hold a code; and
# what one of the two programs encrypts, the other opens.

set -euo pipefail
export LC_ALL=C.UTF-8

binary=$(realpath "${1:?usage: passcode.sh BINARY}")
planted=$(realpath tests/passcode/planted.csv)
left=$(realpath tests/passcode/left.csv)
for tool in age age-keygen strace; do
    command -v "$tool" > /dev/null || { echo "passcode.sh: needs $tool" >&2; exit 1; }
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir tmp
export TMPDIR=$folder/tmp
umask 077
cp "$planted" register.csv

# Its exit code is what it found; 2 is a mistake of this script.
audit() { "$binary" passcode audit "$@" > said 2>&1 || (($? != 2)) || { cat said; exit 1; }; }
options=(--leavers "$left" --max-age 2y --as-of 2026-11-22 --context '01843 849000')

# Every byte that any of its threads gives away.
strace -f -qq -s 10000000 -xx -o trace -e trace=openat,linkat,rename,renameat2,write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg \
    "$binary" passcode audit register.csv "${options[@]}" --html r.html --csv r.csv --json=r.json \
    > said 2>&1 || (($? == 3))
grep -q 'writev\?(' trace || { echo 'passcode.sh: strace saw no writing' >&2; exit 1; }
hex() { printf %s "$1" | od -An -v -tx1 | tr -d '\n' | sed 's/ /\\x/g'; }
# It must find what is there: a device is written, so this search can fail.
grep -qF "$(hex 'Phone 10')" trace || { echo 'passcode.sh: the search finds nothing' >&2; exit 1; }
codes=0
while IFS= read -r code; do
    codes=$((codes + 1))
    if grep -qF "$(hex "$code")" trace || grep -qF "$code" said r.html r.csv r.json; then
        echo "passcode.sh: a code was written (line $codes)" >&2
        exit 1
    fi
done < <(cut -d, -f3 register.csv | tail -n +2 | grep -oE '[^="]{4,}')
((codes >= 30)) || { echo "passcode.sh: only $codes codes to search for" >&2; exit 1; }
[[ -z $(ls -A tmp) ]] || { echo 'passcode.sh: a temporary file is left' >&2; exit 1; }
echo "passcode.sh: none of $codes codes in $(wc -l < trace) system calls, 3 reports and what was said"

# What age encrypts, we read.
age-keygen -o key.txt 2> /dev/null
age-keygen -o other.txt 2> /dev/null
recipient=$(age-keygen -y key.txt)
audit register.csv "${options[@]}" --csv expected.csv
for form in '' --armor; do
    # shellcheck disable=SC2086 # no form is no argument
    age $form -r "$(age-keygen -y other.txt)" -r "$recipient" -o register.age register.csv
    rm -f seen.csv
    audit register.age --identity key.txt "${options[@]}" --csv seen.csv
    cmp expected.csv seen.csv
    rm register.age
done

# What we encrypt, age reads.
head -c 300000 /dev/zero | tr '\0' x > long
{ cat register.csv; printf 'Phone 99,"%s",839174,,,\n' "$(cat long)"; } > large.csv
rm -f r.*
audit large.csv "${options[@]}" --html r.html --csv r.csv --encrypt-to "$recipient" \
    --encrypt-to "$(age-keygen -y other.txt)" --replace new.csv
for key in key.txt other.txt; do
    for name in r.html r.csv new.csv; do age -d -i "$key" -o "$name.$key" "$name.age"; done
    cmp <(cut -d, -f1,2 large.csv) <(cut -d, -f1,2 "new.csv.$key")
done
grep -q '</html>' r.html.key.txt
echo 'passcode.sh: age opens what we encrypt, and we what age encrypts'
