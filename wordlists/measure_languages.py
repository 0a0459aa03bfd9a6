#!/usr/bin/env python3
"""Measures what the check does with words of other languages.

    pip install wordfreq==3.1.1
    python3 wordlists/measure_languages.py target/release/strongpass [CODE=LIST.fst …]

For each language the 3,000 words of five letters or more that people use most (`wordfreq`: Wikipedia,
subtitles, news, web), each as people make a password of it: `Wort47!`, `w0rt47!`. Printed is how many
in a hundred the school's sentence refuses for a word in them, with the lists that are built in and with
a list of the whole language (`words build --hunspell`), and how many of 100,000 random passwords of 12
characters that list refuses.
"""

import json
import random
import subprocess
import sys
import unicodedata

import wordfreq

LANGUAGES = {
    "pl": "Polish",
    "ro": "Romanian",
    "pt": "Portuguese",
    "es": "Spanish",
    "it": "Italian",
    "fr": "French",
    "de": "German",
}
SWAPS = str.maketrans("aeios", "43105")
ALPHABET = "".join(chr(c) for c in range(33, 127))


def refused(strongpass, passwords, lists):
    """How many in a hundred are refused for a word."""
    words = [arg for path in lists for arg in ("--words", path)]
    command = [strongpass, "check", "--batch", "-", "--json", "--policy", "birchington", *words]
    answers = subprocess.run(command, input="\n".join(passwords), capture_output=True, text=True)
    if answers.returncode > 1:
        sys.exit(answers.stderr)
    lines = [json.loads(line) for line in answers.stdout.splitlines()]
    assert len(lines) == len(passwords)
    return 100 * sum("dictionary-word" in line["rules"] for line in lines) / len(lines)


def words_of(code):
    letters = lambda word: word.isalpha() and len(word) >= 5
    latin = lambda word: all(unicodedata.name(c).startswith("LATIN") for c in word)
    words = [word for word in wordfreq.top_n_list(code, 20000) if letters(word) and latin(word)]
    return words[:3000]


def main():
    strongpass, *pairs = sys.argv[1:]
    whole = dict(pair.split("=", 1) for pair in pairs)
    chance = random.Random(2026)
    number = lambda: f"{chance.randrange(10, 100)}"
    strong = ["".join(chance.choices(ALPHABET, k=12)) for _ in range(100_000)]
    print("| language | words | plain | swapped | plain, whole | swapped, whole | random, whole |")
    print("|---|---|---|---|---|---|---|")
    for code, name in LANGUAGES.items():
        words = words_of(code)
        plain = [f"{word.capitalize()}{number()}!" for word in words]
        swapped = [f"{word.translate(SWAPS)}{number()}!" for word in words]
        row = [refused(strongpass, passwords, []) for passwords in (plain, swapped)]
        if code in whole:
            lists = [whole[code]]
            row += [refused(strongpass, passwords, lists) for passwords in (plain, swapped, strong)]
        figures = [f"{share:.1f} %" for share in row] + ["–"] * (5 - len(row))
        print("|", " | ".join([name, str(len(words)), *figures]), "|")


main()
