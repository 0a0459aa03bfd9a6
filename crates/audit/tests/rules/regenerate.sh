#!/usr/bin/env bash
# Asks hashcat what each rule of functions.rule and rejections.rule makes of the words of words.txt,
# and writes golden.tsv: a rule, and the guesses it makes of the words that it does not reject.
# Needs hashcat 6.2 and an OpenCL to start it with (Debian: hashcat, ocl-icd-libopencl1,
# pocl-opencl-icd), and takes five minutes.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
    # Each word alone: of several at once, hashcat 6.2.6 prints some with pieces of others in them.
    grep -v '^#' functions.rule > "$work/column-00"
    number=10
    while IFS= read -r word; do
        printf '%s\n' "$word" > "$work/word"
        hashcat --stdout "$work/word" -r functions.rule < /dev/null > "$work/column-$number"
        number=$((number + 1))
    done < words.txt
    paste -d '\t' "$work"/column-*
    # `-r` does not know these; `-j` takes one rule a run.
    grep -v '^#' rejections.rule | while IFS= read -r rule; do
        { printf '%s\n' "$rule"; hashcat --stdout words.txt -j "$rule" < /dev/null; } | paste -s -d '\t'
    done
} | iconv -f latin1 -t utf8 > "$work/golden"
mv "$work/golden" golden.tsv
