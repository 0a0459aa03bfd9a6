#!/usr/bin/env bash
# Holds the release build to its budgets: instructions (callgrind), sizes and memory, never times,
# so that a busy machine cannot fail it. Prints every figure with its limit.
#
# Needs target/release/strongpass, target/release/examples/{made_up,made_up_export}, valgrind and GNU
# time.

set -euo pipefail
export LC_ALL=C.UTF-8
# A backtrace of an error that is expected costs 50,000 instructions.
unset RUST_BACKTRACE RUST_LIB_BACKTRACE
cd "$(dirname "$0")/.."

strongpass=target/release/strongpass
made_up=target/release/examples/made_up
made_up_export=target/release/examples/made_up_export
worst=benches/record/worst.txt
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

above=0
row() { # what, figure, limit, unit
    local verdict=ok
    if (($2 > $3)); then verdict=ABOVE above=$((above + 1)); fi
    printf '%-58s %12d %12d  %-22s %s\n' "$1" "$2" "$3" "$4" "$verdict"
}

# The command's exit code is its verdict; 2 and 3 are failures.
answered() { "$@" > "$folder/out" || (($? == 1)); }

# Instructions of a command that reads $folder/in.
instructions() {
    answered valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$@" < "$folder/in" 2> "$folder/valgrind"
    awk '/Collected/ { print $4 }' "$folder/valgrind"
}
check() { instructions "$strongpass" check --policy birchington "$@"; }

# Kilobytes resident at most.
resident() {
    answered /usr/bin/time -f %M -o "$folder/time" \
        "$strongpass" check --policy birchington "$@" < "$folder/in"
    tail -n 1 "$folder/time"
}

printf '%-58s %12s %12s\n' '' figure limit

printf 'Xk9#h0rse!\n' > "$folder/in"
row 'check --stdin' "$(check --stdin)" 1000000 instructions
row 'check --stdin, memory' "$(resident --stdin)" 6144 'KiB resident'

: > "$folder/in"
nothing=$(check --threads 1 --batch -)

# A batch of made-up passwords: instructions each, start-up included.
count=20000
each() {
    "$made_up" "$1" "$count" 3 > "$folder/in"
    total=$(check --threads 1 --batch -)
    characters=$(($(wc -m < "$folder/in") - count))
    row "check --batch, $1" $((total / count)) "$2" 'instructions each'
}
each random-12 4000
each human 5000
# In hundredths, to divide by later.
usual=$(((total - nothing) * 100 / characters))

# The costliest inputs known, by the character as typed: one may be three bytes and as many keys
# (`ⅲ` is `iii`).
copies=20 highest=0
while IFS= read -r line; do
    for ((i = 0; i < copies; i++)); do printf '%s\n' "$line"; done > "$folder/in"
    total=$((($(check --threads 1 --batch -) - nothing) / copies))
    if ((total / ${#line} > highest)); then highest=$((total / ${#line})); fi
done < "$worst"
row 'worst of 512 bytes, a character' "$highest" $((20 * usual / 100)) 'instructions (20 x human)'

"$made_up" human 1000000 4 > "$folder/in"
row 'check --batch of 1,000,000 lines, memory' "$(resident --batch -)" 65536 'KiB resident'
row 'lines answered' $((1000000 - $(wc -l < "$folder/out"))) 0 'missing'

# An audit of ten thousand NT hashes of which none is guessed, by the guess: what 36 rules cost more than
# one. (valgrind knows no AVX-512, so this is AVX2.)
awk 'length($1) >= 5 && length($1) <= 12 && n++ < 20000 { print $1 }' wordlists/words.txt > "$folder/words"
sed 's/$/ and more/' "$folder/words" > "$folder/others"
echo : > "$folder/rule"
"$made_up_export" "$folder/others" "$folder/rule" 10000 1 > "$folder/network.ntds"
chmod 600 "$folder/network.ntds"
for case in : c u; do
    for end in '' '$1' '$2' '$3' '$7' '$1$!' '$2$!' '$1$2' '$1$2$3' '$9$9' '$2$0$2$6' '$2$0$2$6$!'; do
        printf '%s%s\n' "$case" "$end"
    done
done > "$folder/rules"
audit() {
    instructions "$strongpass" audit "network=$folder/network.ntds" --wordlist "$folder/words" \
        --rules "$1" --no-defaults --threads 1 --json
}
: > "$folder/in"
row 'audit of NT hashes, 36 rules less 1, AVX2' \
    $((($(audit "$folder/rules") - $(audit "$folder/rule")) * 10 / (20000 * 35))) 1200 \
    'instructions, 10 guesses'

row 'size of the program' $(($(stat -c %s "$strongpass") / 1024)) 12288 KiB

if ((above > 0)); then
    echo "budgets.sh: $above above the limit" >&2
    exit 1
fi
