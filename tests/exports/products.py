"""Exports of single products, each in the layout in which its own program writes it.

docs/formats.md says which command that is. Beside what people.py uses, impacket makes the Kerberos
keys, and hashlib (OpenSSL) PBKDF2, scrypt, HMAC and digests; what a product does around these is
written here after its documentation. make.py calls this.
"""

import hashlib
import hmac
import json
import struct
import subprocess
import sys

from impacket.krb5 import crypto as krb5

from people import *  # noqa: F403

STAFF = "hG7$kq9z"  # what administrators have
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def pbkdf2(digest, password, with_salt, rounds, length=None):
    return hashlib.pbkdf2_hmac(digest, password.encode(), with_salt, rounds, length)


def scrypt(password, with_salt, n, r, p, length):
    return hashlib.scrypt(password.encode(), salt=with_salt, n=n, r=r, p=p, dklen=length, maxmem=1 << 28)


def quoted(*cells):
    return ",".join('"%s"' % cell.replace('"', '""') for cell in cells)


def tabs(*cells):
    return "\t".join(cells)


def domain():
    rows = ["Using 'dcsync.txt' for logfile : OK", "", "mimikatz(commandline) # lsadump::dcsync /domain:school.example /all /csv"]
    rows += ["[DC] 'school.example' will be the domain", "[DC] 'dc1.school.example' will be the DC server", "[DC] Exporting domain 'school.example'"]
    rows += ["[rpc] Service  : ldap", "[rpc] AuthnSvc : GSS_NEGOTIATE (9)"]
    rows += [tabs("502", "krbtgt", nt("x8!QzR4!bn7Qe9vK8!mWq2pZ"), "514"), tabs("500", "Administrator", nt("Kestrel!92"), "66048")]
    rows += [tabs(str(1104 + at), who, nt(network(who)), control) for at, who, control in [(0, "kharper", "512"), (2, "tfielding", "66048"), (6, "doneill", "514"), (7, "asingh", "544")]]
    rows += [tabs("1105", "ROOM12-PC$", nt("room12-pc"), "4096"), "", "mimikatz(commandline) # exit", "Bye!"]
    write("dcsync.txt", rows, end="\r\n")

    def keys(name, password, with_salt):
        kinds = [(18, "aes256-cts-hmac-sha1-96"), (17, "aes128-cts-hmac-sha1-96")]
        made = [(kind, krb5.string_to_key(number, password.encode(), with_salt).contents.hex()) for number, kind in kinds]
        return [f"{name}:{kind}:{key}" for kind, key in [*made, ("des-cbc-md5", "5a" * 8)]]

    rows = []
    for who in ["kharper", "jmarsh", "znibhriain"]:
        rows += keys(f"school.local\\{who}", network(who), f"SCHOOL.LOCAL{who}")
    rows += keys("ROOM12-PC$", "room12-pc", "SCHOOL.LOCALhostroom12-pc.school.local")
    write("network.ntds.kerberos", rows)

    def krb5db(number, who):
        key = krb5.string_to_key(number, network(who).encode(), f"SCHOOL.EXAMPLE{who}").contents.hex()
        return f"$krb5db${number}${who}$SCHOOL.EXAMPLE${key}"

    write("krb5db.txt", [krb5db(17, "jmarsh"), krb5db(18, "kharper")])

    def synced(password):
        key = nt(password).upper()
        made = hashlib.pbkdf2_hmac("sha256", key.encode("utf-16-le"), salt(10), 1000)
        return f"v1;PPH1_MD4,{salt(10).hex()},1000,{made.hex()};"

    rows = [quoted("SamAccountName", "DisplayName", "Enabled", "OrgIdHash")]
    rows += [quoted(who, full(who), str(who != "doneill"), synced(network(who))) for who in ["kharper", "doneill", "lchen"]]
    write("entra.csv", rows, end="\r\n")


def unix():
    aging = ":19700:0:99999:7:::"
    rows = [
        "kharper:" + crypt(server("kharper"), "$md5,rounds=904$saltsalt$") + aging,
        "jmarsh:" + crypt(server("jmarsh"), "$md5$saltsalt$$") + aging,
        "tfielding:" + crypt(server("tfielding"), "_J9..salt") + aging,
        # HP-UX and Tru64: libxcrypt takes such a setting by its length.
        "asingh:" + crypt(server("asingh"), "ab" + "." * 24) + aging,
        "powusu:" + crypt(server("powusu"), "$3$") + aging,
        "znibhriain:" + crypt(server("znibhriain"), "$2x$04$abcdefghijklmnopqrstuu") + aging,
    ]
    write("old.shadow", rows)

    def macos(password):
        made = pbkdf2("sha512", password, salt(32), 35714, 128)
        return f"$ml$35714${salt(32).hex()}${made.hex()}"

    write("macos.txt", [f"{who}:{macos(server(who))}" for who in ["kharper", "tfielding"]])

    def salted(who, digest):
        return hashlib.new(digest, directory(who).encode() + salt(4)).digest() + salt(4)

    def plain(who, digest):
        return hashlib.new(digest, directory(who).encode()).digest()

    def scram(who, digest):
        password = pbkdf2(digest, directory(who), salt(16), 4096)
        client, own = [hmac.new(password, key, digest).digest() for key in (b"Client Key", b"Server Key")]
        return f"4096,{b64(salt(16))},{b64(hashlib.new(digest, client).digest())},{b64(own)}"

    stored = {
        "kharper": "{SSHA256.HEX}" + salted("kharper", "sha256").hex(),
        "jmarsh": "{SHA512.b64}" + b64(plain("jmarsh", "sha512")),
        "tfielding": "{PBKDF2}$1$saltsaltsaltsalt$5000$" + pbkdf2("sha1", directory("tfielding"), salt(16), 5000).hex(),
        "powusu": "{SCRAM-SHA-1}" + scram("powusu", "sha1"),
        "rkowalski": "{SCRAM-SHA-256}" + scram("rkowalski", "sha256"),
        "znibhriain": "{BLF-CRYPT}" + blowfish(directory("znibhriain"), "2y", 5),
        "doneill": "{PLAIN-MD5}" + plain("doneill", "md5").hex(),
        "asingh": "{SHA256}" + b64(plain("asingh", "sha256")),
        "mbrown": "{SHA512-CRYPT}" + crypt(directory("mbrown"), "$6$saltsalt$"),
        "lchen": "{CRAM-MD5}" + "5a" * 32,
    }
    more = {"kharper": "userdb_quota_rule=*:storage=1G", "jmarsh": "allow_nets=192.0.2.0/24"}
    rows = ["# user:password:uid:gid:gecos:home:shell:extra fields"]
    rows += [f"{mail(who)}:{value}:5000:5000::/srv/mail/{who}::{more.get(who, '')}" for who, value in stored.items()]
    write("dovecot.users", rows)


def opendj():
    def pbkdf2_of(who, tag, digest):
        return "{%s}10000:%s" % (tag, b64(pbkdf2(digest, directory(who), salt(16), 10000) + salt(16)))

    stored = {
        "kharper": [pbkdf2_of("kharper", "PBKDF2-HMAC-SHA256", "sha256")],
        "jmarsh": [pbkdf2_of("jmarsh", "PBKDF2", "sha1")],
        "tfielding": [pbkdf2_of("tfielding", "PBKDF2-HMAC-SHA512", "sha512")],
        "powusu": [ssha(directory("powusu"), "sha384", "SSHA384")],
        "rkowalski": [ssha(directory("rkowalski"), "sha512", "SSHA512"), ssha(directory("rkowalski"), "sha256", "SSHA256")],
        "mbrown": ["{SHA384}" + b64(hashlib.sha384(directory("mbrown").encode()).digest())],
        "lchen": ["{AES}AV1k4cZUfkLm5ZgbnbpoGdQ4"],
    }
    blocks = []
    for who, values in stored.items():
        entry = [f"dn: uid={who},ou=People,dc=school,dc=example", "objectClass: top", "objectClass: person", "objectClass: organizationalPerson", "objectClass: inetOrgPerson"]
        entry += [f"uid: {who}", f"cn: {full(who)}", f"sn: {BY[who][2]}"]
        entry += ["userPassword:: " + b64(value.encode()) for value in values]
        if who == "kharper":
            old = "20250901081200.123Z#1.3.6.1.4.1.1466.115.121.1.40#" + ssha("Blue-Badger6", "sha512", "SSHA512")
            entry.append("pwdHistory: " + old)
        if who == "rkowalski":
            entry.append("ds-pwp-account-disabled: true")
        blocks.append("\n".join(folded(line) for line in entry))
    write("opendj.ldif", "\n\n".join(blocks) + "\n\n")


def folded(line):
    head, rest = line[:78], line[78:]
    return "\n".join([head] + [" " + rest[at : at + 77] for at in range(0, len(rest), 77)])


def switch():
    def cisco64(raw):
        return b64(raw).rstrip("=").translate(str.maketrans(BASE64, ITOA64))

    def type8(password):
        return f"$8$saltsaltsaltsa${cisco64(pbkdf2('sha256', password, salt(14), 20000))}"

    def type9(password):
        return f"$9$saltsaltsaltsa${cisco64(scrypt(password, salt(14), 16384, 1, 1, 32))}"

    def type7(password):
        return pl.cisco_type7.using(salt=8).hash(password)

    rows = ["Building configuration...", "", "Current configuration : 1834 bytes", "!"]
    rows += ["! Last configuration change at 08:12:04 GMT Tue Sep 1 2026 by tfielding", "!", "version 15.2", "no service pad"]
    rows += ["service timestamps log datetime msec", "service password-encryption", "!", "hostname sw1", "!"]
    rows += [f"enable secret 9 {type9(STAFF)}", "!"]
    rows += [f"username tfielding privilege 15 secret 9 {type9(server('tfielding'))}"]
    rows += [f"username powusu privilege 15 secret 8 {type8(server('powusu'))}"]
    rows += [f"username kharper secret 5 {crypt(server('kharper'), '$1$salt$')}"]
    rows += [f"username jmarsh secret 4 {cisco64(hashlib.sha256(server('jmarsh').encode()).digest())}"]
    rows += [f"username lchen password 7 {type7(server('lchen'))}", "no aaa new-model", "!"]
    rows += ["interface GigabitEthernet0/1", " description Room 12", " switchport mode access", "!", "ip http server", "!"]
    rows += ["snmp-server community school RO", "!", "line con 0", "line vty 0 4", f" password 7 {type7('Printer1!')}", " login", "line vty 5 15", " login local", "!", "end", ""]
    write("switch.cfg", rows, end="\r\n")


def scram_sha_256(password):
    key = pbkdf2("sha256", password, salt(16), 4096)
    client, own = [hmac.new(key, word, "sha256").digest() for word in (b"Client Key", b"Server Key")]
    return f"SCRAM-SHA-256$4096:{b64(salt(16))}${b64(hashlib.sha256(client).digest())}:{b64(own)}"


def postgres():
    stored = [("kharper", scram_sha_256(portal("kharper"))), ("jmarsh", pl.postgres_md5.hash(portal("jmarsh"), user="jmarsh"))]
    rows = ["usename,passwd,valuntil,usesuper", f"postgres,{scram_sha_256(STAFF)},,t"]
    rows += [f"{who},{value},infinity,f" for who, value in stored] + ["peer,,,f"]
    write("postgresql.csv", rows)

    # psql without --csv.
    rows = [("usename", "passwd"), *stored]
    wide = [max(len(row[at]) for row in rows) for at in (0, 1)]
    lines = [" " + rows[0][0].center(wide[0]) + " | " + rows[0][1].center(wide[1]) + " ", "-" * (wide[0] + 2) + "+" + "-" * (wide[1] + 2)]
    lines += [f" {who.ljust(wide[0])} | {value}" for who, value in stored]
    write("psql.txt", lines + ["(2 rows)", ""])

    role = "NOSUPERUSER INHERIT NOCREATEROLE NOCREATEDB LOGIN NOREPLICATION NOBYPASSRLS"
    rows = ["--", "-- PostgreSQL database cluster dump", "--", "", "SET default_transaction_read_only = off;", "", "SET client_encoding = 'UTF8';", "SET standard_conforming_strings = on;", "", "--", "-- Roles", "--", ""]
    for who, value in stored:
        rows += [f"CREATE ROLE {who};", f"ALTER ROLE {who} WITH {role} PASSWORD '{value}';"]
    rows += ["CREATE ROLE postgres;", f"ALTER ROLE postgres WITH SUPERUSER INHERIT CREATEROLE CREATEDB LOGIN REPLICATION BYPASSRLS PASSWORD '{scram_sha_256(STAFF)}';"]
    rows += ["CREATE ROLE \"Tom Fielding\";", f"ALTER ROLE \"Tom Fielding\" WITH {role} PASSWORD '{pl.postgres_md5.hash(STAFF, user='Tom Fielding')}' VALID UNTIL '2026-12-31 00:00:00+00';"]
    rows += ["CREATE ROLE staff;", f"ALTER ROLE staff WITH {role.replace('LOGIN', 'NOLOGIN')};", "", "--", "-- User Configurations", "--", "", "--", "-- Role memberships", "--", ""]
    rows += ["GRANT staff TO kharper WITH INHERIT TRUE GRANTED BY postgres;", "", "--", "-- PostgreSQL database cluster dump complete", "--", ""]
    write("roles.sql", rows)

    rows = [f'"{who}" "{value}"' for who, value in stored] + [f'"postgres" "{scram_sha_256(STAFF)}"', '"monitor" "Printer1!"']
    write("userlist.txt", rows)


def mysql():
    def sha2(password):
        # passlib's SHA-256 crypt, given a salt longer than its own format allows, with bytes that
        # no text has; without -O passlib asserts that there are none.
        code = "import json, sys; from passlib.handlers.sha2_crypt import _raw_sha2_crypt as c; print(c(*json.load(sys.stdin), 5000))"
        with_salt = "salt\x01\x1b\"salt\x7f'\\salt\x02"[:20].ljust(20, "s")
        made = subprocess.run([sys.executable, "-O", "-c", code], input=json.dumps([password, with_salt]), capture_output=True, check=True, text=True)
        return "$A$005$" + with_salt + made.stdout.strip()

    nobody = "$A$005$THISISACOMBINATIONOFINVALIDSALTANDPASSWORDTHATMUSTNEVERBRBEUSED"
    users = [
        ("kharper", "%", "caching_sha2_password", "N", sha2(portal("kharper"))),
        ("jmarsh", "localhost", "mysql_native_password", "N", pl.mysql41.hash(portal("jmarsh"))),
        ("visitor", "localhost", "caching_sha2_password", "N", ""),
        ("doneill", "%", "caching_sha2_password", "Y", sha2(portal("doneill"))),
        ("mysql.infoschema", "localhost", "caching_sha2_password", "Y", nobody),
        ("root", "localhost", "auth_socket", "N", ""),
    ]
    rows = [tabs("User", "Host", "plugin", "account_locked", "authentication_string")]
    rows += [tabs(user, host, plugin, locked, value.encode().hex().upper()) for user, host, plugin, locked, value in users]
    write("mysql.tsv", rows)

    ends = "REQUIRE NONE PASSWORD EXPIRE DEFAULT ACCOUNT {} PASSWORD HISTORY DEFAULT PASSWORD REUSE INTERVAL DEFAULT PASSWORD REQUIRE CURRENT DEFAULT"
    rows = []
    for user, host, plugin, locked, value in users:
        kept = f" AS 0x{value.encode().hex().upper()}" if value else ""
        rows.append(f"CREATE USER `{user}`@`{host}` IDENTIFIED WITH '{plugin}'{kept} {ends.format('LOCK' if locked == 'Y' else 'UNLOCK')}")
    write("show-create-user.sql", rows)

    rows = [tabs("User", "Host", "plugin", "authentication_string"), tabs("mariadb.sys", "localhost", "mysql_native_password", "")]
    rows += [tabs("root", "localhost", "mysql_native_password", "invalid"), tabs("tfielding", "%", "mysql_native_password", pl.mysql41.hash(portal("tfielding")))]
    write("mariadb.tsv", rows)


def commercial():
    old, new = pl.mssql2000.using(salt=salt(4)), pl.mssql2005.using(salt=salt(4))

    def newest(password):
        return "0x0200" + (salt(4) + hashlib.sha512(password.encode("utf-16-le") + salt(4)).digest()).hex().upper()

    rows = ["name,password_hash,is_disabled", "----,-------------,-----------", f"sa,{newest(STAFF)},1"]
    rows += [f"##MS_PolicyEventProcessingLogin##,{newest('Printer1!')},1", f"kharper,{newest(portal('kharper'))},0"]
    rows += [f"jmarsh,{new.hash(portal('jmarsh'))},0", f"lchen,{old.hash(portal('lchen'))},0", "", "(5 rows affected)"]
    write("sqlserver.csv", rows, end="\r\n")

    rows = ["/* sp_help_revlogin script ", "** Generated Sep  1 2026  8:12AM on SQL1 */", " "]
    for who, hashed, off in [("kharper", newest(portal("kharper")), False), ("doneill", new.hash(portal("doneill")), True)]:
        login = f"CREATE LOGIN [{who}] WITH PASSWORD = {hashed} HASHED, SID = 0x{'5A' * 16}, DEFAULT_DATABASE = [master], CHECK_POLICY = OFF, CHECK_EXPIRATION = OFF"
        rows += [" ", f"-- Login: {who}", login + (f"; ALTER LOGIN [{who}] DISABLE" if off else "")]
    rows += [" ", "-- Login: SCHOOL\\tfielding", "CREATE LOGIN [SCHOOL\\tfielding] FROM WINDOWS WITH DEFAULT_DATABASE = [master]"]
    write("logins.sql", rows, end="\r\n")

    def s(password):
        return "S:" + (hashlib.sha1(password.encode() + salt(10)).digest() + salt(10)).hex().upper()

    def t(password):
        derived = pbkdf2("sha512", password, salt(16) + b"AUTH_PBKDF2_SPEEDY_KEY", 4096)
        return "T:" + (hashlib.sha512(derived + salt(16)).digest() + salt(16)).hex().upper()

    rows = ["", quoted("NAME", "SPARE4", "LOCKED"), f'"SYS",{quoted(t(STAFF))},0', f'"KHARPER",{quoted(s(portal("kharper")) + ";" + t(portal("kharper")))},0']
    rows += [f'"JMARSH",{quoted(t(portal("jmarsh")))},0', f'"DONEILL",{quoted(s(portal("doneill")) + ";H:" + "5A" * 16 + ";" + t(portal("doneill")))},1', "", "4 rows selected.", ""]
    write("oracle.csv", rows)

    def identity(password, number, digest, rounds):
        return b64(struct.pack(">BIII", 1, number, rounds, 16) + salt(16) + pbkdf2(digest, password, salt(16), rounds, 32))

    version2 = b64(b"\0" + salt(16) + pbkdf2("sha1", portal("lchen"), salt(16), 1000, 32))
    rows = ["Id,UserName,Email,EmailConfirmed,PasswordHash,SecurityStamp,LockoutEnabled"]
    for at, (who, value) in enumerate([("kharper", identity(portal("kharper"), 1, "sha256", 10000)), ("jmarsh", identity(portal("jmarsh"), 2, "sha512", 100000)), ("lchen", version2), ("asingh", "NULL")]):
        rows.append(f"{at:08x}-0000-4000-8000-{'0' * 12},{who},{mail(who)},1,{value},{'ABCDEFGH' * 4},1")
    write("aspnet.csv", rows, end="\r\n")


def jackson(value, indent="  "):
    """JSON as Java's Jackson indents it: lists on one line, with objects that begin on it."""
    if isinstance(value, dict) and value:
        inner = [f"{indent}{json.dumps(key)} : {jackson(of, indent + '  ')}" for key, of in value.items()]
        return "{\n" + ",\n".join(inner) + "\n" + indent[2:] + "}"
    if isinstance(value, list) and value:
        return "[ " + ", ".join(jackson(one, indent) for one in value) + " ]"
    return {"{}": "{ }", "[]": "[ ]"}.get(made := json.dumps(value, ensure_ascii=False), made)


def keycloak():
    def credential(kind, value, algorithm, rounds, **more):
        secret = {"value": b64(value), "salt": b64(salt(16)), "additionalParameters": {}}
        data = {"hashIterations": rounds, "algorithm": algorithm, "additionalParameters": {name: [text] for name, text in more.items()}}
        compact = {"separators": (",", ":")}
        return {"id": "00000000-0000-4000-8000-0000000000c1", "type": kind, "createdDate": 1788250320000, "secretData": json.dumps(secret, **compact), "credentialData": json.dumps(data, **compact)}

    def argon2_of(password, kind, name):
        raw = argon2.hash_secret_raw(password.encode(), salt(16), 5, 1024, 1, 32, kind)
        more = {"hashLength": "32", "memory": "1024", "type": name, "version": "1.3", "parallelism": "1"}
        return credential("password", raw, "argon2", 5, **more)

    otp = {"id": "00000000-0000-4000-8000-0000000000c2", "type": "otp", "userLabel": "phone", "createdDate": 1788250320000, "secretData": "{\"value\":\"AAAAAAAAAAAAAAAAAAAA\"}", "credentialData": "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}"}
    credentials = {
        "kharper": [argon2_of(portal("kharper"), argon2.Type.ID, "id"), otp],
        "jmarsh": [credential("password", pbkdf2("sha512", portal("jmarsh"), salt(16), 210000, 64), "pbkdf2-sha512", 210000)],
        "tfielding": [credential("password", pbkdf2("sha256", portal("tfielding"), salt(16), 27500, 64), "pbkdf2-sha256", 27500)],
        "powusu": [credential("password", pbkdf2("sha1", portal("powusu"), salt(16), 20000, 64), "pbkdf2", 20000)],
        "lchen": [argon2_of(portal("lchen"), argon2.Type.D, "d"), credential("password-history", pbkdf2("sha256", "Welcome1", salt(16), 27500, 64), "pbkdf2-sha256", 27500)],
        "mbrown": [],
    }
    users = []
    for at, (who, of) in enumerate(credentials.items()):
        user = {"id": f"00000000-0000-4000-8000-{at:012}", "username": who, "firstName": BY[who][1], "lastName": BY[who][2], "email": mail(who), "emailVerified": True, "createdTimestamp": 1788250320000, "enabled": who != "jmarsh", "totp": otp in of}
        if who == "mbrown":
            user["federationLink"] = "00000000-0000-4000-8000-0000000000fe"
        users.append({**user, "credentials": of, "disableableCredentialTypes": [], "requiredActions": [], "realmRoles": ["default-roles-school"], "notBefore": 0, "groups": []})
    client = {"id": "00000000-0000-4000-8000-0000000000cc", "clientId": "library", "name": "Library", "enabled": True, "clientAuthenticatorType": "client-secret", "secret": "**********", "redirectUris": ["https://library.school.example/*"], "publicClient": False}
    realm = {"id": "school", "realm": "school", "notBefore": 0, "enabled": True, "sslRequired": "external", "passwordPolicy": "length(8)", "users": users, "clients": [client], "smtpServer": {}, "keycloakVersion": "26.0.0"}
    write("realm.json", jackson(realm))


def websites():
    two = "$argon2i$v=19$m=1024,t=2,p=1$"
    rows = [tabs("uid", "displayname", "password"), tabs("admin", "NULL", "3|" + argon(STAFF))]
    rows += [tabs("kharper", full("kharper"), "1|" + blowfish(portal("kharper"), "2y")), tabs("jmarsh", full("jmarsh"), "2|" + argon(portal("jmarsh"), argon2.Type.I))]
    assert rows[3].split("|")[1].startswith(two)
    write("nextcloud.tsv", rows)

    def joomla(password):
        with_salt = "kYzXw9876543210aBcDeFgHiJkLmNoPq"
        return hashlib.md5((password + with_salt).encode()).hexdigest() + ":" + with_salt

    token = blowfish("x8!QzR4!bn7Qe9vK8!mWq2pZ", "2y")  # of a reset that was asked for
    rows = [quoted("id", "name", "username", "email", "password", "block", "sendEmail", "lastvisitDate", "activation", "requireReset")]
    rows.append(quoted("42", full("tfielding"), "tfielding", mail("tfielding"), blowfish(portal("tfielding"), "2y"), "0", "1", "2026-09-01 08:12:00", "0", "0"))
    rows.append(quoted("43", full("kharper"), "kharper", mail("kharper"), joomla(portal("kharper")), "1", "0", "2011-09-01 08:12:00", token, "0"))
    write("joomla.csv", rows)

    rows = [tabs("userid", "cardnumber", "surname", "firstname", "email", "password", "dateexpiry")]
    rows += [tabs("kharper", "23529001", "Harper", "Kate", mail("kharper"), blowfish(portal("kharper"), "2a"), "2027-08-31")]
    rows += [tabs("lchen", "23529002", "Chen", "Li", mail("lchen"), b64(hashlib.md5(portal("lchen").encode()).digest()).rstrip("="), "2027-08-31")]
    rows += [tabs("NULL", "23529003", "Brown", "Megan", "NULL", "!", "2027-08-31")]
    write("koha.tsv", rows)

    rows = [tabs("username", "auth", "password", "suspended", "deleted", "firstname", "lastname", "email")]
    rows += [tabs("admin", "manual", crypt(STAFF, "$6$rounds=10000$saltsaltsaltsalt$"), "0", "0", "Admin", "User", "it@school.example")]
    rows += [tabs(who, auth, value, gone, "0", BY[who][1], BY[who][2], mail(who)) for who, auth, value, gone in [("kharper", "manual", blowfish(portal("kharper"), "2y"), "0"), ("jmarsh", "ldap", "not cached", "0"), ("doneill", "manual", blowfish(portal("doneill"), "2y"), "1")]]
    write("moodle.tsv", rows)

    def gibbon(password):
        return hashlib.sha256(b"aBcD.eF/gHiJkLmNoPqRsT" + password.encode()).hexdigest()

    rows = ["username,passwordStrong,passwordStrongSalt,canLogin,surname,preferredName,email"]
    rows += [f"{who},{gibbon(portal(who))},aBcD.eF/gHiJkLmNoPqRsT,{may},{BY[who][2]},{BY[who][1]},{mail(who)}" for who, may in [("kharper", "Y"), ("doneill", "N")]]
    write("gibbon.csv", rows)

    rows = ["login,email,name,password,salt,is_admin,is_disabled"]
    rows += [f"{who},{mail(who)},{full(who)},{pbkdf2('sha256', portal(who), b'aBcDeFgHiJ', 10000, 50).hex()},aBcDeFgHiJ,{admin},0" for who, admin in [("tfielding", 1), ("kharper", 0)]]
    rows.append("sa-1-backup,sa-1-backup,backup,,,0,0")
    write("grafana.csv", rows, end="\r\n")

    devise = "$pbkdf2-sha512$20000$%s$%s" % tuple(b64(raw).rstrip("=").replace("+", ".") for raw in (salt(16), pbkdf2("sha512", portal("jmarsh"), salt(16), 20000, 64)))
    rows = ["username,email,name,encrypted_password,state,admin", f"root,admin@example.com,Administrator,{blowfish(STAFF, '2a')},active,t"]
    rows += [f"kharper,{mail('kharper')},{full('kharper')},{blowfish(portal('kharper'), '2a')},active,f", f"jmarsh,{mail('jmarsh')},{full('jmarsh')},{devise},blocked,f"]
    write("gitlab.csv", rows)

    with_salt = "5a" * 16
    raw = bytes.fromhex(with_salt)
    kept = [
        ("kharper", "pbkdf2$50000$50", pbkdf2("sha256", portal("kharper"), raw, 50000, 50).hex(), with_salt),
        ("jmarsh", "argon2$2$1024$8$50", argon2.hash_secret_raw(portal("jmarsh").encode(), raw, 2, 1024, 8, 50, argon2.Type.ID).hex(), with_salt),
        ("powusu", "scrypt$1024$16$2$50", scrypt(portal("powusu"), raw, 1024, 16, 2, 50).hex(), with_salt),
        ("tfielding", "bcrypt$4", blowfish(portal("tfielding"), "2a"), with_salt),
        ("lchen", "pbkdf2", pbkdf2("sha256", portal("lchen"), b"saltsaltsa", 10000, 50).hex(), "saltsaltsa"),
    ]
    rows = ["lower_name,full_name,email,passwd,passwd_hash_algo,salt,is_admin,prohibit_login"]
    rows += [f"{who},{full(who)},{mail(who)},{value},{algorithm},{text},{int(who == 'tfielding')},{int(who == 'powusu')}" for who, algorithm, value, text in kept]
    write("gitea.csv", rows, end="\r\n")

    rows = ["username,password_hash"]
    for who, method in [("kharper", "sha256"), ("jmarsh", "sha512"), ("lchen", "sha1")]:
        rows.append(f"{who},{method}$saltsalt${hmac.new(salt(8), portal(who).encode(), method).hexdigest()}")
    rows.append("rkowalski,sha1$saltsalt$" + hashlib.sha1(salt(8) + portal("rkowalski").encode()).hexdigest())
    write("flask.csv", rows)

    rows = ["username,password_hash,salt"]
    rows += [f"{who},{hashlib.new(digest, salt(8) + portal(who).encode()).hexdigest()},saltsalt" for who, digest in [("kharper", "sha1"), ("jmarsh", "sha512"), ("lchen", "md5")]]
    rows += [f"tfielding,{hashlib.sha512(portal('tfielding').encode() + salt(8)).hexdigest()},saltsalt"]
    write("own-app.csv", rows)


def write_all():
    domain()
    unix()
    opendj()
    switch()
    postgres()
    mysql()
    commercial()
    keycloak()
    websites()
