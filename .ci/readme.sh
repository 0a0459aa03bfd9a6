#!/usr/bin/env bash
# Runs what README.md shows: .ci/readme.sh target/release/strongpass
#
# Every line of a ```console block that begins with `$ ` is run, all in one new folder and in their
# order; what it prints must be what the block says. `[..]` in the block stands for anything on that
# line.

set -euo pipefail
export LC_ALL=C.UTF-8

binary=$(realpath "${1:?usage: readme.sh BINARY [README]}")
readme=$(realpath "${2:-README.md}")

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin" "$folder/work"
ln -s "$binary" "$folder/bin/strongpass"
export PATH="$folder/bin:$PATH" HOME="$folder/work" COLUMNS=80 NO_COLOR=1
cd "$folder/work"

# Whether the text is the expected one, line by line.
matches() {
    local -a expected actual
    mapfile -t expected <<< "$1"
    mapfile -t actual <<< "$2"
    ((${#expected[@]} == ${#actual[@]})) || return 1
    local i line
    for i in "${!expected[@]}"; do
        line=$(sed 's/[^[:alnum:]]/\\&/g' <<< "${expected[i]}")
        line=${line//'\[\.\.\]'/*}
        # shellcheck disable=SC2053 # A pattern, made above.
        [[ ${actual[i]} == $line ]] || return 1
    done
}

commands=0 failed=0
command='' expected=''

run() {
    [[ -n $command ]] || return 0
    local actual
    actual=$(bash -c "$command" < /dev/null 2>&1) || true
    commands=$((commands + 1))
    if matches "${expected%$'\n'}" "$actual"; then
        echo "ok    $command"
    else
        failed=$((failed + 1))
        echo "FAILS $command"
        diff <(printf '%s' "$expected") <(printf '%s\n' "$actual") | sed 's/^/      /' || true
    fi
    command='' expected=''
}

in_block=no
while IFS= read -r line; do
    case "$in_block $line" in
        'no ```console') in_block=yes ;;
        'no '*) ;;
        'yes ```'*) run && in_block=no ;;
        'yes $ '*) run && command=${line#'$ '} ;;
        *) expected+="$line"$'\n' ;;
    esac
done < "$readme"

echo "readme.sh: $commands commands of README.md, $failed not as shown"
((commands > 0 && failed == 0))
