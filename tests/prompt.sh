#!/usr/bin/env bash
# Tries the prompt in a real terminal: tests/prompt.sh target/release/strongpass
# Needs tmux. Every wait has an end; the screen is printed when one fails.

set -euo pipefail

binary=$(realpath "${1:?usage: tests/prompt.sh BINARY}")
command -v tmux > /dev/null || { echo "prompt.sh: needs tmux" >&2; exit 1; }

weak='Xk9#h0rse!'
strong='vT7$kq2z'
check="strongpass check --policy birchington"

steps=0
folder=$(mktemp -d)
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

# Waits until a line of the screen matches; after ten minutes it will not.
wait_for() {
    local tries
    for ((tries = 0; tries < 6000; tries++)); do
        if grep -qE -e "$1" <<< "$(screen)"; then return; fi
        sleep 0.1
    done
    fail "waited in vain for: $1"
}

has() { grep -qE -e "$1" <<< "$(screen)" || fail "there should be: $1"; }
has_not() { if grep -qF -e "$1" <<< "$(screen)"; then fail "there should not be: $1"; fi; }

# Begins a step in a fresh terminal with a shell, and types a command there.
begin() {
    step=$1
    echo "- $step"
    end_tmux
    steps=$((steps + 1))
    in_tmux new-session -d -x 90 -y 40 -c "$folder" \
        env -i TERM=screen LC_ALL=C.UTF-8 PATH="$folder:/usr/bin:/bin" PS1='ended $?> ' ${3-} \
        bash --norc --noprofile
    wait_for '^ended 0>'
    type_text "$2"
    press Enter
}

type_text() { in_tmux send-keys -l -- "$1"; }
press() { in_tmux send-keys "$@"; }

# Waits for the hidden question: only then is the echo off.
at_the_question() { wait_for 'Password to test \(it is not shown\):'; }

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

begin "a weak password, and no wish for another" "$check"
answer "$weak"
wait_for 'Shall I make you a strong one\? \[y/N\]'
has 'ok +has 8 or more characters'
has 'FAILS +does not contain a dictionary word'
has 'with numbers or symbols in place of'
has 'is only used on one system'
has 'Not strong by the policy "birchington": one thing to change\.'
has 'Estimate, not part of the rule'
type_text n
press Enter
ended_with 1
has_not "$weak"
has_not h0rse
has_not '^^'
terminal_is_sane

begin "a weak password, and another, please" "$check"
answer "$weak"
wait_for 'Shall I make you a strong one\?'
type_text y
press Enter
ended_with 1
has_not "$weak"
made=$(grep -B1 '^ended 1>' <<< "$(screen)" | head -n 1)
printf %s "$made" | "$binary" check --policy birchington --stdin > /dev/null ||
    fail "what was made is not accepted: $made"

begin "a strong password" "$check"
answer "$strong"
ended_with 0
has 'Strong by the policy "birchington"\.'
has_not "$strong"
has_not 'Shall I'
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

begin "Ctrl-C at the second question" "$check"
answer "$weak"
wait_for 'Shall I make you a strong one\?'
press C-c
ended_with 130
terminal_is_sane

begin "no second question where nobody would see it" "$check > said"
answer "$weak"
ended_with 1
grep -q '^Not strong' "$folder/said" || fail "the verdict is not in the file"
if grep -q 'Shall I' "$folder/said"; then fail "the question is in the file"; fi

begin "Ctrl-D" "$check"
at_the_question
press C-d
ended_with 3
has 'nothing was typed'
terminal_is_sane

begin "the part that fails, when asked for" "$check --show"
answer "$weak"
wait_for 'Shall I make you a strong one\?'
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
begin "a passcode, and another, please" "strongpass passcode check --context 'CT7 9RD'"
wait_for 'Passcode to test \(it is not shown\):'
type_text "$code"
press Enter
wait_for 'Shall I make you a strong one\? \[y/N\]'
has 'It is a shape on the keypad'
type_text y
press Enter
ended_with 1
has_not "$code"
made=$(grep -B1 '^ended 1>' <<< "$(screen)" | head -n 1)
printf %s "$made" | "$binary" passcode check --stdin > /dev/null ||
    fail "what was made is not accepted: $made"
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

echo "the prompt is in order"
