"""Makes languages.txt: languages.py PACKAGES WORDLISTS, with the tarballs of npm's cldr-annotations-modern
and cldr-dates-modern in PACKAGES.

Common words are those that name the pictures and symbols of Unicode (CLDR annotations), months and days,
and supplement-languages.json, which is written for this project.
"""

import collections
import json
import re
import sys
import tarfile
import unicodedata
from pathlib import Path

PACKAGES, HERE = Path(sys.argv[1]), Path(sys.argv[2])
LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
ENGLISH = ("words", "names", "places", "school", "profanity", "passwords")


def fold(text):
    text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in text if not unicodedata.combining(c)).translate(LETTERS)


def member(package, path):
    with tarfile.open(next(PACKAGES.glob(f"{package}-*.tgz"))) as archive:
        return json.load(archive.extractfile(f"package/{path}"))


def annotated(language):
    """Words of five letters that name three pictures, and longer ones that name any."""
    names = member("cldr-annotations-modern", f"annotations/{language}/annotations.json")
    counts = collections.Counter()
    for entry in names["annotations"]["annotations"].values():
        for text in entry.get("default", []) + entry.get("tts", []):
            counts.update(re.split("[^a-z]+", fold(text)))
    return {word for word, n in counts.items() if 5 <= len(word) <= 14 and (len(word) >= 6 or n >= 3)}


def dates(language):
    gregorian = member("cldr-dates-modern", f"main/{language}/ca-gregorian.json")
    gregorian = gregorian["main"][language]["dates"]["calendars"]["gregorian"]
    wide = [context.get("wide", {}) for kind in ("months", "days") for context in gregorian[kind].values()]
    return {word for names in wide for name in names.values() for word in fold(name).split()}


def main():
    known = {line.split("\t")[0] for name in ENGLISH for line in (HERE / f"{name}.txt").read_text().splitlines()}
    found, usual = set(), set()
    for language, words in json.loads((HERE / "supplement-languages.json").read_text()).items():
        usual.update(fold(word) for word in words.split())
        if language not in ("pa", "ur"):  # not written in Latin letters there
            found |= annotated(language) | dates(language)
    found = {word for word in found | usual if re.fullmatch("[a-z]{4,}", word)} - known
    # What begins with another entry of five letters or more, or holds one of six, is found by that; those
    # that people use most stay for an audit to guess.
    entries = found | known

    def is_found(word):
        parts = ((start, end) for start in range(len(word)) for end in range(start + 5, len(word) + 1))
        return any(word[a:b] in entries for a, b in parts if b - a < len(word) and (a == 0 or b - a >= 6))

    lines = [word + "\n" for word in sorted(found) if word in usual or not is_found(word)]
    (HERE / "languages.txt").write_text("".join(lines), encoding="utf-8", newline="\n")


main()
