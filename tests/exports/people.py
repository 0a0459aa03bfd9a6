"""The made-up people whose exports are in this folder, and how their passwords are hashed.

The hashes are made by tools that are none of ours: passlib, bcrypt, argon2-cffi, libxcrypt and
hashlib. Salts are fixed, so that the files are the same each time.
"""

import base64
import ctypes
import hashlib
import hmac
from pathlib import Path

import argon2.low_level as argon2
import bcrypt
from passlib import hash as pl

FOLDER = Path(__file__).parent
LIBCRYPT = ctypes.CDLL("libcrypt.so.1")
LIBCRYPT.crypt.restype = ctypes.c_char_p

# account, given name, family name, passwords: network (with earlier ones), server, directory, portal
PEOPLE = [
    ("kharper", "Kate", "Harper", ["Football7!", "Football6!", "Football5!"], "Football7!", "Blue-Badger7", "F00tball7!"),
    ("jmarsh", "Jo", "Marsh", ["Summer2026!"], "vT7$kq2z", "Summer2026!", "Summer2025!"),
    ("tfielding", "Tom", "Fielding", ["Kestrel!92"], "Kestrel!93", "Kestrel!92", "hG7$kq9z"),
    ("powusu", "Priya", "Owusu", ["9Zx!mWq2"], "T4n3#Lq8", "qzcat7!x", "vK8!mWq2pZ"),
    ("rkowalski", "Rob", "Kowalski", ["Kowalski1!"], "rkowalski", "Margate7!", "Kowalski1!"),
    ("znibhriain", "Zoë", "Ní Bhriain", ["Bänk£7sieben"], "Bänk£7sieben", "Zoë12345", "Autumn2026!"),
    ("doneill", "Declan", "O'Neill", ["Summer2026!"], "Xk9#horse!", "Liverpool8!", "doneill1!"),
    ("asingh", "Asha", "Singh", [""], "Birchington1!", "asingh", "P@ssw0rd!"),
    ("mbrown", "Megan", "Brown", ["Headteacher1!"], "Headteacher1!", "Headteacher1!", "Headteacher1!"),
    ("lchen", "Li", "Chen", ["Welcome1"], "Welcome1", "zR4!bn7Qe9", "Chelsea1905!"),
]
BY = {person[0]: person for person in PEOPLE}
LM_NONE = "aad3b435b51404eeaad3b435b51404ee"


def network(account):
    return BY[account][3][0]


def server(account):
    return BY[account][4]


def directory(account):
    return BY[account][5]


def portal(account):
    return BY[account][6]


def full(account):
    return f"{BY[account][1]} {BY[account][2]}"


def mail(account):
    return f"{account}@school.example"


def nt(password):
    return pl.nthash.hash(password)


def lm(password):
    return pl.lmhash.hash(password)


def crypt(password, setting):
    made = LIBCRYPT.crypt(password.encode(), setting.encode()).decode()
    assert not made.startswith("*"), setting
    return made


def salt(n, of="saltsalt"):
    return (of * 4)[:n].encode()


def b64(raw):
    return base64.b64encode(raw).decode()


def ssha(password, digest="sha1", tag="SSHA"):
    raw = hashlib.new(digest, password.encode() + salt(8)).digest() + salt(8)
    return "{%s}%s" % (tag, b64(raw))


def sha(password):
    return "{SHA}" + b64(hashlib.sha1(password.encode()).digest())


def argon(password, kind=argon2.Type.ID, **cost):
    cost = {"time_cost": 2, "memory_cost": 1024, "parallelism": 1, **cost}
    return argon2.hash_secret(password.encode(), salt(16), hash_len=32, type=kind, **cost).decode()


def blowfish(password, prefix="2b", rounds=4):
    setting = f"$2b${rounds:02}$" + "abcdefghijklmnopqrstuu"
    made = bcrypt.hashpw(password if isinstance(password, bytes) else password.encode(), setting.encode())
    return "$" + prefix + made.decode()[3:]


def wordpress(password):
    mac = hmac.new(b"wp-sha384", password.strip().encode(), "sha384").digest()
    return "$wp" + blowfish(base64.b64encode(mac), "2y")


ITOA64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def drupal(password, log2=8):
    setting = "$S$" + ITOA64[log2] + "saltsalt"
    raw = hashlib.sha512(b"saltsalt" + password.encode()).digest()
    for _ in range(1 << log2):
        raw = hashlib.sha512(raw + password.encode()).digest()
    out, at = "", 0
    while at < len(raw):
        chunk = raw[at : at + 3]
        value = int.from_bytes(chunk, "little")
        for digit in range(len(chunk) + 1):
            out += ITOA64[value >> 6 * digit & 63]
        at += 3
    return (setting + out)[:55]


def pwdump(name, rid, password, lm_hash=LM_NONE, rest=":::"):
    return f"{name}:{rid}:{lm_hash}:{nt(password)}{rest}"


def write(name, text, encoding="utf-8", end="\n"):
    if isinstance(text, list):
        text = "\n".join(text) + "\n"
    (FOLDER / name).write_bytes(text.replace("\n", end).encode(encoding))
