#!/usr/bin/env bash
# Tries the prompt in a real terminal: tests/prompt.sh target/release/strongpass
# Needs tmux. Every wait has an end; the screen is printed when one fails.
#
# tests/prompt/*.txt are transcripts: what the window shows, at 38, 60 and 120 columns. To write down
# what it shows now: SNAPSHOTS=overwrite tests/prompt.sh …, then read the difference.

set -euo pipefail

transcripts=$(realpath "$(dirname "$0")")/prompt
binary=$(realpath "${1:?usage: tests/prompt.sh BINARY}")
command -v tmux > /dev/null || { echo "prompt.sh: needs tmux" >&2; exit 1; }

weak='Xk9#h0rse!'
strong='vT7$kq2z'
check="strongpass check --policy birchington"

steps=0
folder=$(mktemp -d /tmp/prompt.XXXXXXXX)
ln -s "$binary" "$folder/strongpass"
# A server a step: one that is ending takes no new session.
in_tmux() { tmux -S "$folder/tmux-$steps" -f /dev/null "$@"; }
end_tmux() { in_tmux kill-server 2> /dev/null || true; }
trap 'end_tmux; rm -rf "$folder"' EXIT

# What is on the screen and above it, without the blank lines below; `-e` keeps the colours.
screen() { in_tmux capture-pane -p -S - "$@" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'; }

fail() {
    echo "prompt.sh: FAILED: $step: $*" >&2
    echo "--- the screen:" >&2
    screen >&2 || true
    exit 1
}

# Waits until that many lines of the screen match (one, unless said); after ten minutes they will not.
wait_for() {
    local tries
    for ((tries = 0; tries < 6000; tries++)); do
        if (($(grep -cE -e "$1" <<< "$(screen)") >= ${2-1})); then return; fi
        sleep 0.1
    done
    fail "waited in vain for: $1"
}

has() { grep -qE -e "$1" <<< "$(screen)" || fail "there should be: $1"; }
has_not() { if grep -qF -e "$1" <<< "$(screen)"; then fail "there should not be: $1"; fi; }

# Begins a step in a fresh terminal with a shell, and types a command there.
columns=90
begin() {
    step=$1
    echo "- $step"
    end_tmux
    steps=$((steps + 1))
    in_tmux new-session -d -x "$columns" -y 70 -c "$folder" \
        env -i TERM=screen LC_ALL=C.UTF-8 PATH="$folder:/usr/bin:/bin" PS1='ended $?> ' ${3-} \
        bash --norc --noprofile
    wait_for '^ended 0>'
    type_text "$2"
    press Enter
}

type_text() { in_tmux send-keys -l -- "$1"; }
press() { in_tmux send-keys "$@"; }

# Waits for the hidden question: only then is the echo off.
at_the_question() { wait_for 'Pass(word|code) to test \(it is not shown\):'; }

answer() { at_the_question; type_text "$1"; press Enter; }

# The shell's prompt says how the last command ended.
ended_with() { wait_for '^ended [0-9]+>$'; has "^ended $1>$"; }

# The terminal is as a shell expects it: typed characters are shown, lines can be edited, Ctrl-C works.
terminal_is_sane() {
    type_text 'stty -a; echo sta""ted'
    press Enter
    wait_for '^stated$'
    for mode in echo icanon isig; do has "(^| )$mode( |$)"; done
}

menu='Enter to end:'

begin "a weak password, and no wish for another" "$check"
answer "$weak"
wait_for "$menu"
has '^Not strong: one thing to change\.$'
has 'ok +8 or more characters: yes'
has 'FAILS +Dictionary word: yes, found'
has 'with numbers or symbols in place of'
has '\? +Only used on one system'
has 'Estimate, not part of the rule'
press Enter
ended_with 1
has_not "$weak"
has_not h0rse
has_not '^^'
terminal_is_sane

begin "a suggestion" "$check"
answer "$weak"
wait_for "$menu"
press g
wait_for 'This one is strong'
made=$(grep -oE '^ {10}[a-z2-9-]+$' <<< "$(screen)" | tr -d ' ')
printf %s "$made" | "$binary" check --policy birchington --stdin > /dev/null ||
    fail "what was made is not accepted: $made"
press q
wait_for "$menu" 2
has_not "$made"
press Enter
ended_with 1
has_not "$made"
has_not "$weak"

begin "a strong password" "$check"
answer "$strong"
ended_with 0
has '^Strong by the policy "birchington"\.$'
has_not "$strong"
has_not "$menu"
has_not FAILS
terminal_is_sane

begin "a slip of the finger, corrected" "$check"
at_the_question
type_text "${strong}horse"
press BSpace BSpace BSpace BSpace BSpace Enter
ended_with 0

begin "Ctrl-C" "$check"
at_the_question
type_text "$weak"
press C-c
ended_with 130
has_not "$weak"
has_not 'Not strong'
terminal_is_sane

begin "Ctrl-C at the menu" "$check"
answer "$weak"
wait_for "$menu"
press C-c
ended_with 130
terminal_is_sane

begin "Ctrl-C while a part is shown" "$check"
answer "$weak"
wait_for "$menu"
press s
wait_for '\^\^\^\^\^'
press C-c
ended_with 130
has_not "$weak"
terminal_is_sane

begin "no menu where nobody would see it" "$check > said"
answer "$weak"
ended_with 1
grep -q '^Not strong' "$folder/said" || fail "the verdict is not in the file"
if grep -q 'Press' "$folder/said"; then fail "the menu is in the file"; fi

begin "Ctrl-D" "$check"
at_the_question
press C-d
ended_with 3
has 'nothing was typed'
terminal_is_sane

begin "the part that fails, when asked for" "$check --show"
answer "$weak"
wait_for "$menu"
press Enter
ended_with 1
above=$(grep -F "$weak" <<< "$(screen)") || fail "the password is not shown"
below=$(grep -F -A1 "$weak" <<< "$(screen)" | tail -n 1)
before_word=${above%%h0rse*} before_marks=${below%%^*}
[ ${#before_word} = ${#before_marks} ] || fail "the marks do not begin below h0rse"
[ "${below##* }" = '^^^^^' ] || fail "there is not a mark a letter"

begin "colour in a terminal" "$check"
answer "$strong"
ended_with 0
grep -q $'\e\\[' <<< "$(screen -e)" || fail "there is no colour"

begin "no colour for those who want none" "$check" NO_COLOR=1
answer "$strong"
ended_with 0
if grep -q $'\e\\[' <<< "$(screen -e)"; then fail "there is colour"; fi

code=147896
begin "a passcode, and a suggestion" "strongpass passcode check --context 'CT7 9RD'"
wait_for 'Passcode to test \(it is not shown\):'
type_text "$code"
press Enter
wait_for "$menu"
has 'It is a shape on the keypad'
press g
wait_for 'This one is strong'
made=$(grep -oE '^ {10}[0-9]+$' <<< "$(screen)" | tr -d ' ')
printf %s "$made" | "$binary" passcode check --stdin > /dev/null ||
    fail "what was made is not accepted: $made"
press q
wait_for "$menu" 2
has_not "$made"
press Enter
ended_with 1
has_not "$code"
terminal_is_sane

begin "a password of a sentence" "strongpass generate --style sentence --policy birchington"
wait_for 'Your sentence \(it is not shown\):'
type_text 'Zebedee never quite found the blue kettle his grandma had bought'
press Enter
ended_with 0
has '^Z.*b$'
has_not kettle
terminal_is_sane

# Made with `age -p` of Debian.
cp "$(dirname "$0")/passcode/register.csv.age" "$folder/"
passphrase='kite string wind'
begin "a register with a passphrase" \
    "strongpass passcode audit register.csv.age --csv - --replace new.csv | cut -d, -f2-4"
wait_for 'Passphrase of register.csv.age \(it is not shown\):'
type_text "$passphrase"
press Enter
wait_for 'new.csv.age: written; encrypted'
has 'Phone 2,Odette Marsh,pattern'
has_not "$passphrase"
has_not "$code"
head -c 21 "$folder/new.csv.age" | grep -q age-encryption || fail "the new register is open"

begin "the new register, with the same passphrase" "strongpass passcode audit new.csv.age | head -2"
wait_for 'Passphrase of new.csv.age'
type_text "$passphrase"
press Enter
wait_for 'Nothing found in the codes of 2 devices'

begin "another passphrase" "strongpass passcode audit register.csv.age"
wait_for 'Passphrase of register.csv.age'
type_text "$passphrase x"
press Enter
ended_with 3
has 'is encrypted for another key, or with another passphrase'
terminal_is_sane

# --- Transcripts ------------------------------------------------------------------------------

# A system, an account that has a password there, and a list of stolen passwords.
printf '[systems]\nemail = "email"\nnetwork = "the school network"\nvpn = "the VPN"\n' > "$folder/systems"
(
    cd "$folder"
    umask 022
    { printf 'store = "%s/s/h.db"\nkeys = "%s/k/keys"\n' "$folder" "$folder"; cat systems; } > h.toml
    { printf 'store = "%s/none/h.db"\nkeys = "%s/none/keys"\n' "$folder" "$folder"; cat systems; } > none.toml
    ./strongpass history init --history-config h.toml 2> /dev/null
    printf %s 'Zw!nq82#Kf' |
        ./strongpass history record --account k.harper --system network --history-config h.toml
    printf %s 'nQ8!vork#Zt' | sha1sum | tr a-f A-F | sed 's/ .*/:7/' > stolen.txt
    ./strongpass words breached --partial stolen.txt -o stolen.idx 2> /dev/null
    printf 'extends = "birchington"\nname = "ours"\n[breached]\nlist = "stolen.idx"\npartial = true\n' > ours.toml
    # A short command leaves room in a narrow window.
    printf '#!/bin/sh\nexec strongpass check --policy birchington "$@"\n' > try
    printf '#!/bin/sh\nexec strongpass check --policy ours.toml "$@"\n' > ours
    printf '#!/bin/sh\nexec strongpass check --policy birchington --history --account k.harper %s "$@"\n' \
        '--system email' > asked
    printf '#!/bin/sh\nexec strongpass passcode check --policy passcode "$@"\n' > code
    chmod 755 try ours asked code
)

# Begins a transcript: its name, the columns, the command.
open() {
    columns=$2
    name=$1-$2
    begin "transcript: $name" "$3"
    : > "$folder/transcript"
}

# Takes down what the window shows, but for the suggestion, which is another one each time.
take() {
    printf '%s\n' "--- $1" >> "$folder/transcript"
    screen | sed -E -e 's/ +$//' -e "s#$folder#/tmp/prompt.--------#g" -e 's/20..-..-../YYYY-MM-DD/' \
        -e 's/^( {10})[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}$/\1(17 characters)/' >> "$folder/transcript"
}

# Compares it with what was taken down before.
close() {
    local expected=$transcripts/$name.txt
    if [[ ${SNAPSHOTS-} == overwrite ]]; then cp "$folder/transcript" "$expected"; fi
    diff -u "$expected" "$folder/transcript" >&2 || fail "it is not as in tests/prompt/$name.txt"
    taken=$((taken + 1))
}
taken=0

# One password, its exit code, and no menu.
ends() {
    answer "$1"
    ended_with "$2"
    has_not "$1"
    take "typed; ended with $2"
    close
}

# One password that is refused, and the menu.
refused() {
    answer "$1"
    wait_for "$menu"
    has_not "$1"
    take 'typed'
    press Enter
    ended_with "${2-1}"
    close
}

open strong 38 try
ends "$strong" 0
open strong 120 'try --history-config h.toml --name "Zebedee Quillfeather"'
ends "$strong" 0
open dictionary-word 60 try
refused "$weak"
open everything 38 try
refused horse
open name 60 "try --name 'Zebedee Quillfeather'"
refused 'vT7$quillfeather'
open stolen 120 ours
refused 'nQ8!vork#Zt'
open used-elsewhere 60 'asked --history-config h.toml'
refused 'Zw!nq82#Kf'
open nearly-the-same 38 'asked --history-config h.toml'
refused 'Zw!nq83#Kf'
open no-history 60 'asked --history-config none.toml'
refused "$strong" 3
open too-long 38 try
refused "$(printf 'x%.0s' {1..600})"
open passcode 60 code
refused 147896

open not-text 60 try
at_the_question
type_text "$strong"
# Ctrl-V takes the next key as it is.
press C-v C-g Enter
wait_for "$menu"
take 'typed, with a character that cannot be seen'
press Enter
ended_with 1
close

open show 38 try
answer "$weak"
wait_for "$menu"
press s
wait_for '\^\^\^\^\^'
take 'typed, then S'
press q
wait_for "$menu" 2
has_not "$weak"
has_not '^^'
take 'any key'
press Enter
ended_with 1
close

open again 60 try
answer "$weak"
wait_for "$menu"
press t
wait_for 'Password to test \(it is not shown\):' 2
type_text "$strong"
press Enter
ended_with 0
has_not "$strong"
take 'typed, then T, then a strong one; ended with 0'
close

open suggestion 120 try
answer "$weak"
wait_for "$menu"
press g
wait_for 'This one is strong'
take 'typed, then G'
press q
wait_for "$menu" 2
take 'any key'
press Enter
ended_with 1
close

open how 60 'try --history-config h.toml'
answer "$weak"
wait_for "$menu"
press h
wait_for "$menu" 2
take 'typed, then H'
press Enter
ended_with 1
close

open ctrl-c 38 try
at_the_question
type_text "$weak"
press C-c
ended_with 130
has_not "$weak"
take 'half typed, then Ctrl-C'
close

kept=$(find "$transcripts" -name '*.txt' | wc -l)
((taken == kept)) || fail "$taken transcripts were taken, and there are $kept"

echo "the prompt is in order"
