"""Makes vectors.tsv: stored hashes of made-up passwords, by the programs that really write them.

Needs Debian's php-cli, whois, apache2-utils, slapd with slapd-contrib, openssl, samba-common-bin
and, from PyPI, passlib, django, werkzeug, argon2-cffi and bcrypt<4.1. Salts are fixed where that
is possible, so most of the file comes out the same again.

    python3 vectors.py > vectors.tsv
"""

import base64, crypt, hashlib, hmac, struct, subprocess, warnings

warnings.simplefilter("ignore")
import django.conf
from django.contrib.auth import hashers as dj
from passlib import hash as pl
from werkzeug.security import _hash_internal, generate_password_hash

PASSWORDS = {
    "badger": "Blue-Badger7",
    "accents": "Zoë£Straße9!",
    "empty": "",
    "long": "Blue-Badger7" * 8 + "abcd",
}


def out(scheme, maker, name, stored):
    print(f"{scheme}\t{maker}\t{name}\t{stored}")


def run(*command, stdin=None):
    text = subprocess.run(command, input=stdin, capture_output=True, check=True, text=True)
    return text.stdout.strip()


def php(code, password):
    return run("php", "-r", f"$p = stream_get_contents(STDIN); echo {code};", stdin=password)


def crypts(name, password):
    """Whatever libxcrypt makes, by way of crypt(3)."""
    for scheme, setting in [
        ("yescrypt", "$y$j75$/6k.2IU/5UE08g.1$"),
        ("yescrypt", "$y$j75.1$/6k.2IU/5UE08g.1$"),
        ("yescrypt", "$y$j750..$/6k.2IU/5UE08g.1$"),
        ("yescrypt", "$y$j/5$$"),
        ("gost-yescrypt", "$gy$j75$/6k.2IU/5UE08g.1$"),
        ("scrypt", "$7$8/..../..../6k.2IU/5UE08g.1$"),
        ("scrypt", "$7$6/..../....$"),
        ("bcrypt", "$2a$04$.OGB/.SE/ueHAeqKBO2NC."),
        ("bcrypt", "$2b$05$abcdefghijklmnopqrstuu"),
        ("bcrypt", "$2y$04$.OGB/.SE/ueHAeqKBO2NC."),
        ("bcrypt-2x", "$2x$04$.OGB/.SE/ueHAeqKBO2NC."),
        ("sha512crypt", "$6$/6k.2IU/5UE08g.1$"),
        ("sha512crypt", "$6$rounds=1000$s$"),
        ("sha256crypt", "$5$/6k.2IU/5UE08g.1$"),
        ("sha256crypt", "$5$rounds=1234$badger$"),
        ("sha1crypt", "$sha1$24$5ME/8Y.0Bkk0EwU1H6F2KI$"),
        ("sunmd5", "$md5$/6k.2IU/$"),
        ("sunmd5", "$md5,rounds=7$/6k.2IU/$"),
        ("md5crypt", "$1$/6k.2IU/$"),
        ("md5crypt", "$1$s$"),
        ("bsdicrypt", "_J9../6k."),
        ("bsdicrypt", "_0...zzzz"),
        ("descrypt", "/0"),
        ("descrypt", "zz"),
        ("nt", "$3$"),
    ]:
        # Python's crypt takes a setting of Sun MD5 as it stands; both forms are in use.
        out(scheme, "libxcrypt", name, crypt.crypt(password, setting))
    if len(password) > 8:
        out("bigcrypt", "passlib", name, pl.bigcrypt.using(salt="/0").hash(password))
    sun = pl.sun_md5_crypt(salt="6k2IU5UE", rounds=0, bare_salt=True)
    sun.checksum = sun._calc_checksum(password)
    out("sunmd5", "passlib", name, sun.to_string())


def programs(name, password):
    for scheme, method in [("yescrypt", "yescrypt"), ("sha512crypt", "sha-512"), ("descrypt", "descrypt")]:
        out(scheme, "mkpasswd", name, run("mkpasswd", "-s", "-m", method, stdin=password))
    if password:
        for scheme, flag in [("apr1", "-m"), ("bcrypt", "-B"), ("sha1", "-s"), ("descrypt", "-d")]:
            stored = run("htpasswd", "-n", "-i", flag, "jane", stdin=password)
            out(scheme, "htpasswd", name, stored.removeprefix("jane:"))
        for scheme, tag in [("ssha", "{SSHA}"), ("smd5", "{SMD5}"), ("sha1", "{SHA}"), ("md5", "{MD5}")]:
            out(scheme, "slappasswd", name, run("slappasswd", "-h", tag, "-s", password))
        for scheme, tag, module in [
            ("ssha512", "{SSHA512}", "pw-sha2"),
            ("ssha384", "{SSHA384}", "pw-sha2"),
            ("ssha256", "{SSHA256}", "pw-sha2"),
            ("sha256", "{SHA256}", "pw-sha2"),
            ("sha384", "{SHA384}", "pw-sha2"),
            ("sha512", "{SHA512}", "pw-sha2"),
            ("pbkdf2-sha1", "{PBKDF2}", "pw-pbkdf2"),
            ("pbkdf2-sha512", "{PBKDF2-SHA512}", "pw-pbkdf2"),
            ("argon2i", "{ARGON2}", "argon2"),
        ]:
            path = f"/usr/lib/ldap"
            stored = run("slappasswd", "-o", f"module-path={path}", "-o", f"module-load={module}",
                         "-h", tag, "-s", password)
            out(scheme, "slappasswd", name, stored)
    out("md5crypt", "openssl", name, run("openssl", "passwd", "-1", "-salt", "badger", "-stdin", stdin=password + "\n"))
    out("apr1", "openssl", name, run("openssl", "passwd", "-apr1", "-salt", "badger", "-stdin", stdin=password + "\n"))


def php_applications(name, password):
    out("bcrypt", "php", name, php("password_hash($p, PASSWORD_BCRYPT, ['cost' => 5])", password))
    argon2 = "['memory_cost' => 64, 'time_cost' => 2, 'threads' => 1]"
    out("argon2id", "php", name, php(f"password_hash($p, PASSWORD_ARGON2ID, {argon2})", password))
    out("argon2i", "php", name, php(f"password_hash($p, PASSWORD_ARGON2I, {argon2})", password))
    # wp_hash_password of WordPress 6.8.
    wp = "base64_encode(hash_hmac('sha384', trim($p), 'wp-sha384', true))"
    out("wordpress", "php", name, php(f"'$wp' . password_hash({wp}, PASSWORD_BCRYPT, ['cost' => 5])", password))


ITOA64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def drupal(password, salt):
    """_password_crypt of Drupal 7's includes/password.inc."""
    digest = hashlib.sha512((salt + password).encode()).digest()
    for _ in range(1 << 7):
        digest = hashlib.sha512(digest + password.encode()).digest()
    text, bits = "", int.from_bytes(digest, "little")
    for _ in range(86):
        text, bits = text + ITOA64[bits & 63], bits >> 6
    return ("$S$" + ITOA64[7] + salt + text)[:55]


def phpass_family(name, password):
    phpass = pl.phpass.using(salt="Blue1234", rounds=7)
    out("phpass", "passlib", name, phpass.hash(password))
    out("phpass", "passlib", name, phpass.hash(password).replace("$P$", "$H$"))
    old = hashlib.md5(password.encode()).hexdigest()
    out("phpass", "passlib", name, "U" + phpass.hash(old))
    out("drupal7", "hashlib", name, drupal(password, "Blue1234"))
    out("drupal7", "hashlib", name, "U" + drupal(old, "Blue1234"))


def django_and_flask(name, password):
    for scheme, hasher, more in [
        ("pbkdf2-sha256", dj.PBKDF2PasswordHasher(), {"iterations": 1000}),
        ("pbkdf2-sha1", dj.PBKDF2SHA1PasswordHasher(), {"iterations": 1000}),
        ("scrypt", dj.ScryptPasswordHasher(), {"n": 1024, "r": 8, "p": 5}),
        ("web-md5", dj.MD5PasswordHasher(), {}),
    ]:
        out(scheme, "django", name, hasher.encode(password, "SyntheticSalt", **more))
    for scheme, handler in [
        ("web-sha1", pl.django_salted_sha1.using(salt="SyntheticSalt")),
        ("bcrypt", pl.django_bcrypt.using(rounds=4, salt="." * 22)),
        ("bcrypt-sha256", pl.django_bcrypt_sha256.using(rounds=4, salt="." * 22)),
        ("descrypt", pl.django_des_crypt.using(salt="/0")),
    ]:
        out(scheme, "passlib", name, handler.hash(password))
    argon2 = dj.Argon2PasswordHasher()
    argon2.time_cost, argon2.memory_cost, argon2.parallelism = 1, 64, 8
    out("argon2id", "django", name, argon2.encode(password, "SyntheticSalt"))
    bcrypt = dj.BCryptSHA256PasswordHasher()
    bcrypt.rounds = 4
    out("bcrypt-sha256", "django", name, bcrypt.encode(password, bcrypt.salt()))
    for plain, digest in [("md5", hashlib.md5), ("sha1", hashlib.sha1)]:
        out(plain, "hashlib", name, f"{plain}$${digest(password.encode()).hexdigest()}")

    for scheme, method in [
        ("scrypt", "scrypt:1024:8:1"),
        ("pbkdf2-sha256", "pbkdf2:sha256:1000"),
        ("pbkdf2-sha512", "pbkdf2:sha512:1000"),
        ("pbkdf2-sha1", "pbkdf2:sha1:1000"),
    ]:
        digest, method = _hash_internal(method, "SyntheticSalt", password)
        out(scheme, "werkzeug", name, f"{method}$SyntheticSalt${digest}")
    # _hash_internal of Werkzeug before 2.3 for a bare method.
    for scheme, method in [("web-md5", "md5"), ("web-sha1", "sha1"), ("hmac-sha256", "sha256"), ("hmac-sha512", "sha512")]:
        digest = hmac.new(b"OldSalt8", password.encode(), method).hexdigest()
        out(scheme, "hashlib", name, f"{method}$OldSalt8${digest}")


def others(name, password):
    for scheme, handler in [
        ("nt", pl.nthash), ("ssha", pl.ldap_salted_sha1.using(salt=b"SyntheticSalt")),
        ("ssha256", pl.ldap_salted_sha256), ("ssha512", pl.ldap_salted_sha512),
        ("smd5", pl.ldap_salted_md5.using(salt=b"Synt")),
        ("pbkdf2-sha1", pl.ldap_pbkdf2_sha1.using(rounds=10)),
        ("pbkdf2-sha256", pl.ldap_pbkdf2_sha256.using(rounds=10)),
        ("pbkdf2-sha512", pl.ldap_pbkdf2_sha512.using(rounds=10)),
        ("pbkdf2-sha1", pl.pbkdf2_sha1.using(rounds=10)),
        ("pbkdf2-sha256", pl.pbkdf2_sha256.using(rounds=10)),
        ("pbkdf2-sha512", pl.pbkdf2_sha512.using(rounds=10)),
        ("sha1crypt", pl.sha1_crypt.using(rounds=3, salt="s")),
        ("scrypt", pl.scrypt.using(rounds=4, block_size=8, parallelism=2, salt=b"Synthetic")),
        ("argon2d", pl.argon2.using(type="D", rounds=1, memory_cost=64, parallelism=2)),
    ]:
        stored = handler.hash(password)
        out(scheme, "passlib", name, f"$NT${stored}" if scheme == "nt" else stored)
    out("dcc2", "passlib", name, f"$DCC2$10240#Zoë.Smith#{pl.msdcc2.hash(password, 'Zoë.Smith')}")
    for name_of, digest in [("sha1", hashlib.sha1), ("sha256", hashlib.sha256), ("sha384", hashlib.sha384), ("sha512", hashlib.sha512)]:
        out(name_of, "hashlib", name, digest(password.encode()).hexdigest())
    salt = bytes(range(64))
    derived = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 10, 256)
    ds389 = base64.b64encode(struct.pack(">I", 10) + salt + derived).decode()
    out("pbkdf2-sha256", "hashlib", name, "{PBKDF2_SHA256}" + ds389)
    if name != "accents":
        out("lm", "passlib", name, "{LANMAN}" + pl.lmhash.hash(password))


if __name__ == "__main__":
    django.conf.settings.configure()
    print("# scheme\tmade by\tpassword\tstored: made up, see vectors.py")
    for name, password in PASSWORDS.items():
        crypts(name, password)
        programs(name, password)
        php_applications(name, password)
        phpass_family(name, password)
        django_and_flask(name, password)
        others(name, password)
