"""Makes products.tsv: passwords as single products keep them, made up, with answers of programs
other than ours.

Needs PostgreSQL 15, php-cli, node and, from PyPI, passlib and impacket. PostgreSQL's own answers
are given by a server that is made for it and thrown away; run as a user who may start one, or set
PGUSER_COMMAND (for instance `setpriv --reuid=postgres --`).

    python3 products.py > products.tsv

Columns: scheme, made by, password, how the parts come (`text`, `account=…`, `salt=…`, `grafana=…`,
`gitea=ALGORITHM/SALT`, `keycloak=ALGORITHM/ITERATIONS/SALT`, `kerberos=TYPE/SALT`), stored.
"""

import base64, hashlib, hmac, json, os, shlex, struct, subprocess, sys, tempfile, unicodedata

from impacket.krb5 import crypto as krb5
from passlib import hash as pl

PASSWORDS = {
    "badger": "Blue-Badger7",
    "accents": "Zoë£Straße9!",
    "empty": "",
    "long": "Blue-Badger7" * 8 + "abcd",
}
SALT = bytes(range(16))
ITOA64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def out(scheme, maker, name, how, stored):
    print(f"{scheme}\t{maker}\t{name}\t{how}\t{stored}")


def b64(data):
    return base64.b64encode(data).decode()


def cisco(data):
    return b64(data).rstrip("=").translate(str.maketrans(BASE64, ITOA64))


def node(code, *arguments):
    """The second implementation for PBKDF2 and scrypt: Node's, with OpenSSL below."""
    script = "const c=require('crypto');let a=JSON.parse(require('fs').readFileSync(0));" \
             f"process.stdout.write(({code}).toString('base64'))"
    text = json.dumps([a.hex() if isinstance(a, bytes) else a for a in arguments])
    made = subprocess.run(["node", "-e", script], input=text, capture_output=True, check=True, text=True)
    return base64.b64decode(made.stdout)


def pbkdf2(digest, password, salt, rounds, length):
    code = "c.pbkdf2Sync(Buffer.from(a[0],'hex'),Buffer.from(a[1],'hex'),a[2],a[3],a[4])"
    made = node(code, password, salt, rounds, length, digest)
    assert made == hashlib.pbkdf2_hmac(digest, password, salt, rounds, length)
    return made


def scrypt(password, salt, n, r, p, length):
    code = "c.scryptSync(Buffer.from(a[0],'hex'),Buffer.from(a[1],'hex'),a[5],{N:a[2],r:a[3],p:a[4],maxmem:1<<30})"
    made = node(code, password, salt, n, r, p, length)
    assert made == hashlib.scrypt(password, salt=salt, n=n, r=r, p=p, dklen=length, maxmem=1 << 30)
    return made


def php(code, password):
    made = subprocess.run(["php", "-r", f"$p = stream_get_contents(STDIN); echo {code};"],
                          input=password.encode(), capture_output=True, check=True)
    return made.stdout.decode()


def postgres(passwords):
    """What a server stores for each password, under both settings."""
    run_as = shlex.split(os.environ.get("PGUSER_COMMAND", ""))
    bin = "/usr/lib/postgresql/15/bin"
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        data = f"{folder}/data"
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        subprocess.run([*run_as, f"{bin}/initdb", "-D", data, "-E", "UTF8", "--locale=C", "-U", "postgres"], **quiet)
        options = f"-c listen_addresses= -c unix_socket_directories={folder}"
        subprocess.run([*run_as, f"{bin}/pg_ctl", "-D", data, "-w", "-o", options, "start"], **quiet)
        try:
            def ask(text):
                made = subprocess.run([*run_as, "psql", "-h", folder, "-U", "postgres", "-qAt"], input=text.encode(),
                                      capture_output=True, check=True, cwd=folder)
                return made.stdout.decode().strip()

            for name, password in passwords.items():
                for scheme, setting in [("scram-sha256", "scram-sha-256"), ("postgres-md5", "md5")]:
                    ask(f"SET password_encryption='{setting}'; DROP ROLE IF EXISTS tom; CREATE ROLE tom PASSWORD '{password}';")
                    stored = ask("SELECT rolpassword FROM pg_authid WHERE rolname='tom'")
                    if stored:
                        yield scheme, name, stored
        finally:
            subprocess.run([*run_as, f"{bin}/pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)


def scram(digest, password, rounds):
    """RFC 5802, with a password that SASLprep leaves as it is or normalises."""
    password = unicodedata.normalize("NFKC", password).encode()
    salted = pbkdf2(digest, password, SALT, rounds, hashlib.new(digest).digest_size)
    client = hmac.new(salted, b"Client Key", digest).digest()
    server = hmac.new(salted, b"Server Key", digest).digest()
    return b64(hashlib.new(digest, client).digest()), b64(server)


def mysql_sha2(password):
    """passlib's SHA-256 crypt, given a salt longer than its own format allows."""
    salt = "saltsaltsaltsaltsalt"
    # Without -O passlib asserts that the salt has the 16 characters of its own format at most.
    code = "import sys; from passlib.handlers.sha2_crypt import _raw_sha2_crypt as c; " \
           f"print(c(sys.stdin.buffer.read(), {salt!r}, 5000))"
    made = subprocess.run([sys.executable, "-O", "-c", code], input=password.encode(), capture_output=True, check=True)
    text = made.stdout.decode().strip()
    return f"$A$005${salt}{text}", salt, text


print("# scheme\tmade by\tpassword\thow\tstored: made up, see products.py")
for scheme, name, stored in postgres(PASSWORDS):
    out(scheme, "postgresql", name, "account=tom" if scheme == "postgres-md5" else "text", stored)

for name, password in PASSWORDS.items():
    raw = password.encode()
    utf16 = password.encode("utf-16le")

    # PostgreSQL stores no empty password, so RFC 7677 stands in for it.
    stored, server = scram("sha256", password, 4096)
    out("scram-sha256", "node", name, "text", f"SCRAM-SHA-256$4096:{b64(SALT)}${stored}:{server}")
    out("scram-sha256", "node", name, "text", f"{{SCRAM-SHA-256}}4096,{b64(SALT)},{stored},{server}")
    stored, server = scram("sha1", password, 4096)
    out("scram-sha1", "node", name, "text", f"SCRAM-SHA-1$4096:{b64(SALT)}${stored}:{server}")
    out("scram-sha1", "node", name, "text", f"{{SCRAM-SHA-1}}4096,{b64(SALT)},{stored},{server}")
    out("postgres-md5", "passlib", name, "account=Zoë", pl.postgres_md5.hash(password, user="Zoë"))

    out("mysql-sha1", "passlib", name, "text", pl.mysql41.hash(password))
    text, salt, digest = mysql_sha2(password)
    out("mysql-sha2", "passlib", name, "text", text)
    out("mysql-sha2", "passlib", name, "text", "0x" + text.encode().hex().upper())
    out("mysql-sha2", "passlib", name, "text", f"$mysql$A$005*{salt.encode().hex()}*{digest.encode().hex()}")

    out("mssql-sha1", "passlib", name, "text", pl.mssql2000.hash(password))
    out("mssql-sha1", "passlib", name, "text", pl.mssql2005.hash(password))
    digest = hashlib.sha512(utf16 + SALT[:4]).hexdigest()
    out("mssql-sha512", "hashlib", name, "text", f"0x0200{SALT[:4].hex()}{digest}")

    oracle11 = pl.oracle11.hash(password)
    out("oracle-sha1", "passlib", name, "text", oracle11)
    salt = SALT + b"AUTH_PBKDF2_SPEEDY_KEY"
    derived = pbkdf2("sha512", raw, salt, 4096, 64)
    oracle12 = "T:" + (hashlib.sha512(derived + SALT).digest() + SALT).hex().upper()
    out("oracle-pbkdf2", "node", name, "text", oracle12)
    out("oracle-sha1", "passlib", name, "text", f"{oracle11};H:{'0' * 32};{oracle12}")

    for scheme, kind, number in [("kerberos-aes256", "aes256-cts-hmac-sha1-96", 18), ("kerberos-aes128", "aes128-cts-hmac-sha1-96", 17)]:
        key = krb5.string_to_key(number, raw, "SCHOOL.EXAMPLEkharper").contents.hex()
        out(scheme, "impacket", name, f"kerberos={kind}/SCHOOL.EXAMPLEkharper", key)
        out(scheme, "impacket", name, "text", f"$krb5db${number}$kharper$SCHOOL.EXAMPLE${key}")

    key = pl.nthash.hash(password).upper().encode("utf-16le")
    derived = pbkdf2("sha256", key, SALT[:10], 1000, 32)
    out("entra-sync", "node", name, "text", f"v1;PPH1_MD4,{SALT[:10].hex()},1000,{derived.hex()};")

    out("sha256", "hashlib", name, "text", "$cisco4$" + cisco(hashlib.sha256(raw).digest()))
    salt = b"saltsaltsaltsa"
    out("pbkdf2-sha256", "node", name, "text", f"$8${salt.decode()}${cisco(pbkdf2('sha256', raw, salt, 20000, 32))}")
    out("scrypt", "node", name, "text", f"$9${salt.decode()}${cisco(scrypt(raw, salt, 16384, 1, 1, 32))}")
    derived = pbkdf2("sha512", raw, SALT * 2, 1000, 128)
    out("pbkdf2-sha512", "node", name, "text", f"$ml$1000${(SALT * 2).hex()}${derived.hex()}")

    # ASP.NET Core's PasswordHasher.cs, versions 2 and 3.
    out("pbkdf2-sha1", "node", name, "text", b64(b"\0" + SALT + pbkdf2("sha1", raw, SALT, 1000, 32)))
    for scheme, digest, number, rounds in [("pbkdf2-sha256", "sha256", 1, 1000), ("pbkdf2-sha512", "sha512", 2, 1000)]:
        head = struct.pack(">BIII", 1, number, rounds, len(SALT))
        out(scheme, "node", name, "text", b64(head + SALT + pbkdf2(digest, raw, SALT, rounds, 32)))

    for scheme, algorithm, digest, length in [("pbkdf2-sha256", "pbkdf2-sha256", "sha256", 64), ("pbkdf2-sha512", "pbkdf2-sha512", "sha512", 64), ("pbkdf2-sha1", "pbkdf2", "sha1", 64)]:
        value = b64(pbkdf2(digest, raw, SALT, 2750, length))
        out(scheme, "node", name, f"keycloak={algorithm}/2750/{b64(SALT)}", value)
    salt = "00112233445566778899aabbccddeeff"
    out("pbkdf2-sha256", "node", name, f"gitea=pbkdf2$10000$50/{salt}", pbkdf2("sha256", raw, bytes.fromhex(salt), 10000, 50).hex())
    out("pbkdf2-sha256", "node", name, "gitea=pbkdf2_v1/saltsaltsa", pbkdf2("sha256", raw, b"saltsaltsa", 10000, 50).hex())
    out("scrypt", "node", name, f"gitea=scrypt$1024$16$2$50/{salt}", scrypt(raw, bytes.fromhex(salt), 1024, 16, 2, 50).hex())
    out("pbkdf2-sha256", "node", name, "grafana=aBcDeFgHiJ", pbkdf2("sha256", raw, b"aBcDeFgHiJ", 10000, 50).hex())

    for scheme, digest in [("column-md5", "md5"), ("column-sha1", "sha1"), ("column-sha256", "sha256"), ("column-sha512", "sha512")]:
        out(scheme, "hashlib", name, "salt=aBcD.eF/", hashlib.new(digest, b"aBcD.eF/" + raw).hexdigest())
        out(scheme, "hashlib", name, "salt=aBcD.eF/", hashlib.new(digest, raw + b"aBcD.eF/").hexdigest())

    for prefix, code in [("1|", "PASSWORD_BCRYPT, ['cost' => 4]"), ("2|", "PASSWORD_ARGON2I, ['memory_cost' => 64, 'time_cost' => 1, 'threads' => 1]"), ("3|", "PASSWORD_ARGON2ID, ['memory_cost' => 64, 'time_cost' => 1, 'threads' => 1]")]:
        scheme = {"1|": "bcrypt", "2|": "argon2i", "3|": "argon2id"}[prefix]
        out(scheme, "php", name, "text", prefix + php(f"password_hash($p, {code})", password))
    salt = "kYzXw9876543210aBcDeFgHiJkLmNoPq"
    out("smd5", "hashlib", name, "text", f"{hashlib.md5(raw + salt.encode()).hexdigest()}:{salt}")
    out("md5", "hashlib", name, "text", f"{hashlib.md5(raw).hexdigest()}:")
    out("md5", "hashlib", name, "text", b64(hashlib.md5(raw).digest()).rstrip("="))

    # Dovecot.
    ssha = hashlib.sha256(raw + b"salt").digest() + b"salt"
    out("ssha256", "hashlib", name, "text", "{SSHA256.HEX}" + ssha.hex())
    out("ssha256", "hashlib", name, "text", "{ssha256.b64}" + b64(ssha))
    out("sha512", "hashlib", name, "text", "{SHA512.HEX}" + hashlib.sha512(raw).hexdigest())
    out("sha256", "hashlib", name, "text", "{SHA256}" + hashlib.sha256(raw).hexdigest())
    out("md5", "hashlib", name, "text", "{PLAIN-MD5.BASE64}" + b64(hashlib.md5(raw).digest()))
    md5 = pl.md5_crypt.using(salt="badger").hash(password)
    out("md5crypt", "passlib", name, "text", "{MD5}" + md5)
    out("md5crypt", "passlib", name, "text", "{MD5-CRYPT.B64}" + b64(md5.encode()))
    out("md5crypt", "passlib", name, "text", "{CRYPT}" + b64(md5.encode()))
    out("pbkdf2-sha1", "node", name, "text", f"{{PBKDF2}}$1$saltsalt$5000${pbkdf2('sha1', raw, b'saltsalt', 5000, 20).hex()}")

    # OpenDJ, 389 DS and FreeIPA, GitLab.
    for scheme, tag, digest in [("pbkdf2-sha1", "PBKDF2", "sha1"), ("pbkdf2-sha256", "PBKDF2-HMAC-SHA256", "sha256"), ("pbkdf2-sha512", "PBKDF2-HMAC-SHA512", "sha512")]:
        derived = pbkdf2(digest, raw, SALT[:8], 1000, hashlib.new(digest).digest_size)
        out(scheme, "node", name, "text", f"{{{tag}}}1000:{b64(derived + SALT[:8])}")
    derived = pbkdf2("sha512", raw, SALT, 1000, 64)
    out("pbkdf2-sha512", "node", name, "text", f"{{PBKDF2-SHA512}}1000${b64(SALT)}${b64(derived)}")
    out("pbkdf2-sha512", "passlib", name, "text", pl.pbkdf2_sha512.using(rounds=200).hash(password))
