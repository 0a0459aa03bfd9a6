#!/usr/bin/env python3
"""Makes the exports of this folder again, all from made-up people and passwords.

The hashes are made by tools that are none of ours: those of people.py, Django, Werkzeug and
impacket. Salts are fixed, so that the files are the same each time.

    pip install passlib==1.7.4 'bcrypt<4.1' argon2-cffi django werkzeug impacket
    python3 make.py
"""

import hashlib
import json

import argon2.low_level as argon2
import django.conf
from passlib import hash as pl
from werkzeug.security import _hash_internal

from people import *  # noqa: F403
import products

django.conf.settings.configure()
from django.contrib.auth import hashers  # noqa: E402


def windows():
    rids = {account: 1104 + at for at, (account, *_) in enumerate(PEOPLE)}
    lines = [
        "Impacket v0.13.0 - Copyright Fortra, LLC and its affiliated companies",
        "",
        "[*] Dumping Domain Credentials (domain\\uid:rid:lmhash:nthash)",
        "[*] Using the DRSUAPI method to get NTDS.DIT secrets",
        pwdump("Administrator", 500, "Kestrel!92", rest="::: (pwdLastSet=2026-01-05 09:00) (status=Enabled)"),
        pwdump("Guest", 501, "", rest="::: (pwdLastSet=never) (status=Disabled)"),
        pwdump("krbtgt", 502, "x8!QzR4!bn7Qe9vK8!mWq2pZ", rest="::: (pwdLastSet=2024-01-05 09:00) (status=Disabled)"),
    ]
    for account, *_ in PEOPLE:
        passwords = BY[account][3]
        lm_hash = lm(passwords[0]) if account == "lchen" else LM_NONE
        if account == "jmarsh":
            lm_hash = lm("Summer2")  # a half of nothing: seven characters at the most
        state = "Disabled" if account == "doneill" else "Enabled"
        name = "school.local\\" + account
        set_on = f"::: (pwdLastSet=2026-09-01 08:12) (status={state})"
        lines.append(pwdump(name, rids[account], passwords[0], lm_hash, set_on))
        for at, earlier in enumerate(passwords[1:]):
            # What is kept in place of earlier LM hashes is noise.
            lines.append(pwdump(f"{name}_history{at}", rids[account], earlier, hashlib.md5(b"%d" % at).hexdigest()))
    lines += [
        pwdump("DC1$", 1000, "x8!QzR4!bn7Qe9vK8!mWq2pZ"),
        pwdump("ROOM12-PC$", 1105, "room12-pc"),
        pwdump("ROOM12-PC$_history0", 1105, "older"),
        pwdump("school.local\\svc-print", 1140, "Printer1!"),
        "[*] Kerberos keys grabbed",
        "school.local\\kharper:aes256-cts-hmac-sha1-96:" + "5a" * 32,
        "school.local\\kharper:des-cbc-md5:" + "5a" * 8,
        "[*] ClearText passwords grabbed",
        "school.local\\tfielding:CLEARTEXT:Kestrel!92",
        "ROOM12-PC$:CLEARTEXT:0x00d8ffdc",
        "[*] Cleaning up...",
    ]
    write("network.ntds", lines)

    flags = "::: (Enabled={}) (Locked={}) (Admin={})".format
    lines = [
        "[*] Dumping local SAM hashes (uid:rid:lmhash:nthash)",
        pwdump("Administrator", 500, "Kestrel!92", rest=flags("False", "False", "True")),
        pwdump("tfielding", 1001, "Kestrel!92", rest=flags("True", "False", "True")),
        pwdump("tfielding_history0", 1001, "Kestrel!92", rest=flags("True", "False", "True")),
        pwdump("tfielding_history1", 1001, "Kestrel!91", rest=flags("True", "False", "True")),
        pwdump("kiosk", 1002, "", rest=flags("True", "True", "False")),
        "[*] Dumping cached domain logon information (domain/username:hash)",
        "SCHOOL.LOCAL/kharper:$DCC2$10240#kharper#%s: (2026-09-01 08:12:00)" % pl.msdcc2.hash("Football7!", "kharper"),
        "[*] Dumping LSA Secrets",
        "[*] $MACHINE.ACC",
        "SCHOOL\\ROOM12-PC$:aes256-cts-hmac-sha1-96:" + "5a" * 32,
        "SCHOOL\\ROOM12-PC$:plain_password_hex:" + "5a" * 32,
        f"SCHOOL\\ROOM12-PC$:{LM_NONE}:{nt('room12-pc')}:::",
        "[*] DPAPI_SYSTEM",
        "dpapi_machinekey:0x" + "5a" * 20,
        "[*] NL$KM",
        " 0000   5A 5A 5A 5A 5A 5A 5A 5A  5A 5A 5A 5A 5A 5A 5A 5A   ZZZZZZZZZZZZZZZZ",
        "NL$KM:" + "5a" * 64,
    ]
    write("room12.sam", lines)

    # The views of DSInternals, one after the other; and Metasploit's.
    lines = [
        "kharper:$NT$" + nt(network("kharper")),
        f"jmarsh:1105:NO LM-HASH**********************:{nt(network('jmarsh'))}:::",
        f"tfielding::{LM_NONE}:{nt(network('tfielding'))}:S-1-5-21-1-2-3-1106::",
        f"oldpc:1190:{lm('WELCOME1')}:NO NT-HASH**********************:::",
        "smartcard:1191:NO LM-HASH**********************:NO NT-HASH**********************:::",
        "NOBODY:1192:NO PASSWORD*********************:NO PASSWORD*********************:::",
        f"lchen:1113:{LM_NONE}:{nt(network('lchen'))}:Disabled=true,Expired=false,PasswordNeverExpires=false::",
        f"mbrown:1112:{LM_NONE}:{nt(network('mbrown'))}:Megan Brown, head::",
        "rkowalski:" + nt(network("rkowalski")),
        nt(network("powusu")).upper(),
    ]
    write("views.txt", lines, end="\r\n")

    head = "SamAccountName,DisplayName,mail,Enabled,AdminCount,NTHash,LMHash,PwdLastSet"
    rows = [head]
    for account, *_ in PEOPLE:
        enabled, admin = account != "doneill", "1" if account == "tfielding" else ""
        digits = "" if account == "lchen" else nt(network(account)).upper()
        rows.append(f'{account},"{BY[account][2]}, {BY[account][1]}",{mail(account)},{enabled},{admin},{digits},,01/09/2026 08:12:00')
    rows.append(f"ROOM12-PC$,,,True,,{nt('room12-pc')},,01/09/2026 08:12:00")
    write("network.csv", "\ufeff" + "\n".join(rows) + "\n", "utf-16-le", "\r\n")

    rows = []
    for account in ["kharper", "znibhriain", "asingh"]:
        flags = "[NU         ]" if account == "asingh" else "[U          ]"
        digits = "X" * 32 if account == "asingh" else nt(network(account)).upper()
        rows.append(f"{account}:{1000 + rids[account]}:{'X' * 32}:{digits}:{flags}:LCT-66D40000:")
    rows += [
        f"oldpc$:2001:{'X' * 32}:{nt('oldpc').upper()}:[W          ]:LCT-5F000000:",
        f"doneill:2002:{lm('Summer2').upper()}:{nt('Summer2').upper()}:[DU         ]:LCT-5F000000:",
        f"nologin:2003:{'X' * 32}:{'X' * 32}:[U          ]:LCT-00000000:",
    ]
    write("smbpasswd", rows)

    # Names of Western Windows, CRLF, no end of the last line.
    names = ["Zoë.Ní", "Siân.O\u2019Neill", "Jürgen.Groß"]
    text = "\n".join(pwdump(name, 1200 + at, "Welcome1") for at, name in enumerate(names))
    write("latin1.ntds", text, "windows-1252", "\r\n")


def unix():
    aging = ":19700:0:99999:7:::"
    rows = [
        "root:" + crypt("hG7$kq9z", "$6$saltsalt$") + aging,
        "daemon:*:19700:0:99999:7:::",
        "sshd:!:19700::::::",
        "systemd-network:!*:19700::::::",
        "kharper:" + crypt(server("kharper"), "$y$j9T$saltsaltsaltsalt$") + aging,
        "jmarsh:" + crypt(server("jmarsh"), "$6$saltsalt$") + aging,
        "tfielding:" + crypt(server("tfielding"), "$6$rounds=1000$saltsalt$") + aging,
        "powusu:" + crypt(server("powusu"), "$5$saltsalt$") + aging,
        "rkowalski:" + crypt(server("rkowalski"), "$1$saltsalt$") + aging,
        "znibhriain:" + crypt(server("znibhriain"), "$2b$04$abcdefghijklmnopqrstuu") + aging,
        "doneill:!" + crypt(server("doneill"), "$6$saltsalt$") + aging,
        "asingh:" + crypt(server("asingh"), "$gy$j9T$saltsaltsaltsalt$") + aging,
        "mbrown:" + crypt(server("mbrown"), "$7$2/..../....saltsalt$") + ":19700:0:99999:7::1:",
        "lchen:" + crypt(server("lchen"), "ab") + aging,
        "visitor::19700:0:99999:7:::",
        "www-data:" + crypt("www-data", "$1$saltsalt$") + aging,
        "backup:$sha1$" + crypt("backup", "$sha1$1000$saltsalt$")[6:] + aging,
        "oracle:!!:19700::::::",
        "+::::::::",
    ]
    write("server.shadow", rows)
    rows = ["root:x:0:0:root:/root:/bin/bash", "daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin"]
    rows += ["www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin", "backup:x:34:34:backup:/var/backups:/usr/sbin/nologin"]
    for at, (account, given, family, *_) in enumerate(PEOPLE):
        rows.append(f"{account}:x:{1000 + at}:{1000 + at}:{given} {family},Room {at},,:/home/{account}:/bin/bash")
    write("server.passwd", rows)

    rows = [
        "# $FreeBSD$",
        "root:" + crypt("hG7$kq9z", "$6$saltsalt$") + ":0:0::0:0:Charlie &:/root:/bin/sh",
        "kharper:" + blowfish(server("kharper")) + ":1001:1001:staff:0:0:Kate Harper:/home/kharper:/bin/sh",
        "doneill:*LOCKED*" + crypt(server("doneill"), "$6$saltsalt$") + ":1002:1002::0:0:Declan O'Neill:/home/doneill:/bin/sh",
        "nobody:*:65534:65534::0:0:Unprivileged user:/nonexistent:/usr/sbin/nologin",
    ]
    write("master.passwd", rows)

    rows = [
        "kharper:" + pl.apr_md5_crypt.using(salt="saltsalt").hash(portal("kharper")),
        "jmarsh:" + sha(portal("jmarsh")),
        "tfielding:" + blowfish(portal("tfielding"), "2y"),
        "lchen:" + crypt(portal("lchen"), "ab"),
        "",
        "# left in 2024",
        "doneill:plainword",
    ]
    write("htpasswd", rows)


def folded(line):
    head, rest = line[:76], line[76:]
    return "\n".join([head] + [" " + rest[at : at + 75] for at in range(0, len(rest), 75)])


def ldif():
    def value(name, text):
        raw = text if isinstance(text, bytes) else text.encode()
        plain = name != "userPassword" and raw.isascii() and b"\n" not in raw
        return f"{name}: {text}" if plain else folded(f"{name}:: {b64(raw)}")

    stored = {
        "kharper": [ssha(directory("kharper"))],
        "jmarsh": [ssha(directory("jmarsh"), "sha512", "SSHA512"), "{CRYPT}" + crypt(directory("jmarsh"), "$6$saltsalt$")],
        "tfielding": [pl.ldap_pbkdf2_sha256.using(rounds=1000, salt=salt(16)).hash(directory("tfielding"))],
        "powusu": ["{ARGON2}" + argon(directory("powusu"), argon2.Type.I)],
        "rkowalski": ["{SMD5}" + b64(hashlib.md5(directory("rkowalski").encode() + salt(8)).digest() + salt(8))],
        "znibhriain": [directory("znibhriain")],
        "doneill": ["{CRYPT}!" + crypt(directory("doneill"), "$6$saltsalt$")],
        "asingh": [sha(directory("asingh"))],
        "mbrown": ["{SASL}mbrown@SCHOOL.EXAMPLE"],
        "lchen": ["{MD5}" + b64(hashlib.md5(directory("lchen").encode()).digest())],
    }
    blocks = [["version: 1", "", "dn: dc=school,dc=example", "objectClass: organization", "o: School"]]
    blocks.append(["dn: cn=admin,dc=school,dc=example", "objectClass: simpleSecurityObject", "objectClass: organizationalRole", "cn: admin", value("userPassword", ssha("hG7$kq9z"))])
    for account, given, family, *_ in PEOPLE:
        entry = [value("dn", f"uid={account},ou=people,dc=school,dc=example"), "objectClass: inetOrgPerson", f"uid: {account}"]
        entry += [value("cn", f"{given} {family}"), value("givenName", given), value("sn;lang-en", family), f"mail: {mail(account)}"]
        entry += [value("userPassword", text) for text in stored[account]]
        if account == "tfielding":
            entry.append("title: Network Manager")
        if account == "kharper":
            earlier = [ssha("Blue-Badger6"), ssha("Blue-Badger5")]
            for at, old in enumerate(earlier):
                entry.append(value("pwdHistory", f"202{5 - at}0901081200Z#1.3.6.1.4.1.1466.115.121.1.40#{len(old)}#{old}"))
        if account == "jmarsh":
            entry += [f"sambaNTPassword: {nt('Summer2').upper()}", f"sambaLMPassword: {lm('Summer2').upper()}", "sambaAcctFlags: [U          ]"]
        if account == "lchen":
            entry.append("pwdAccountLockedTime: 000001010000Z")
        if account == "rkowalski":
            entry.append("jpegPhoto:: " + b64(bytes(range(200))))
        blocks.append(entry)
    blocks.append(["# what is no account", "dn: cn=sysadmins,ou=groups,dc=school,dc=example", "objectClass: posixGroup", "cn: sysadmins", "memberUid: powusu"])
    blocks.append(["dn: uid=nopass,ou=people,dc=school,dc=example", "objectClass: inetOrgPerson", "uid: nopass"])
    blocks.append(["dn: uid=elsewhere,ou=people,dc=school,dc=example", "uid: elsewhere", "userPassword:< file:///etc/secret"])
    blocks.append(["dn: uid=broken,ou=people,dc=school,dc=example", "uid: broken", "userPassword:: e1NTSEF9Q2VM*"])
    blocks.append(["dn: uid=left,ou=people,dc=school,dc=example", "changetype: delete"])
    text = "\n\n".join("\n".join(block) for block in blocks) + "\n"
    write("directory.ldif", text)

    def entry(account, password, *more):
        cn = account if account.endswith("$") else full(account)
        return [f"dn: CN={cn},CN=Users,DC=school,DC=local", "objectClass: user", f"sAMAccountName: {account}", *more, "unicodePwd:: " + b64(bytes.fromhex(nt(password)))]

    history = b"".join(bytes.fromhex(nt(old)) for old in BY["kharper"][3])
    blocks = [
        ["# record 1", *entry("kharper", network("kharper"), "displayName: Kate Harper", "userAccountControl: 512"), folded("ntPwdHistory:: " + b64(history))],
        ["# record 2", *entry("tfielding", network("tfielding"), "memberOf: CN=Domain Admins,CN=Users,DC=school,DC=local", "adminCount: 1")],
        ["# record 3", *entry("doneill", network("doneill"), "userAccountControl: 514")],
        ["# record 4", *entry("ROOM12-PC$", "room12-pc", "objectClass: computer")],
        ["# Referral", "ref: ldap://school.local/CN=Configuration,DC=school,DC=local"],
        ["# returned 5 records", "# 4 entries", "# 1 referrals"],
    ]
    write("samba-ad.ldif", "\n\n".join("\n".join(block) for block in blocks) + "\n")


def web():
    def of_django(account, algorithm="pbkdf2_sha256"):
        hasher = hashers.get_hasher("default" if algorithm == "pbkdf2_sha256" else algorithm)
        if algorithm == "pbkdf2_sha256":
            return hasher.encode(portal(account), "saltsaltsaltsaltsalt12", 1000)
        if algorithm == "scrypt":
            return hasher.encode(portal(account), "saltsaltsaltsaltsalt12", 1024, 8, 1)
        raise AssertionError(algorithm)

    special = {
        "jmarsh": "argon2" + argon(portal("jmarsh")),
        "tfielding": "bcrypt_sha256$" + blowfish(hashlib.sha256(portal("tfielding").encode()).hexdigest()),
        "powusu": of_django("powusu", "scrypt"),
        "rkowalski": "md5$saltsalt$" + hashlib.md5(b"saltsalt" + portal("rkowalski").encode()).hexdigest(),
        "doneill": "!" + "x" * 40,
    }
    users = [{"model": "contenttypes.contenttype", "pk": 1, "fields": {"app_label": "auth", "model": "user"}}]
    for at, (account, given, family, *_) in enumerate(PEOPLE):
        fields = {"password": special.get(account) or of_django(account), "last_login": None, "is_superuser": account == "tfielding", "username": account, "first_name": given, "last_name": family, "email": mail(account), "is_staff": account in ("tfielding", "mbrown"), "is_active": account != "lchen", "date_joined": "2024-09-01T08:12:00Z", "groups": [], "user_permissions": []}
        users.append({"model": "auth.user", "pk": at + 1, "fields": fields})
    write("portal.json", json.dumps(users, indent=2) + "\n")

    rows = []
    for account, separator, method in [("kharper", ":", "scrypt:1024:8:1"), ("jmarsh", "\t", "pbkdf2:sha256:1000"), ("lchen", ",", "pbkdf2:sha256:1000")]:
        digest, actual = _hash_internal(method, "saltsalt12345678", portal(account))
        rows.append(f"{account}{separator}{actual}$saltsalt12345678${digest}")
    rows += [
        f"powusu;{argon(portal('powusu'))}",
        argon(portal("mbrown"), memory_cost=512),
        hashlib.sha1(portal("rkowalski").encode()).hexdigest(),
        "doneill:" + hashlib.md5(portal("doneill").encode()).hexdigest(),
    ]
    write("pairs.txt", rows)

    rows = ["user_login,user_email,display_name,user_pass,roles"]
    rows.append(f"kharper,{mail('kharper')},Kate Harper,{wordpress(portal('kharper'))},editor")
    rows.append(f"tfielding,{mail('tfielding')},Tom Fielding,{wordpress(portal('tfielding'))},administrator")
    rows.append(f"jmarsh,{mail('jmarsh')},\"Jo \"\"JJ\"\" Marsh\",{pl.phpass.using(rounds=8, salt='saltsalt').hash(portal('jmarsh'))},\"subscriber,shop\"")
    rows.append("lchen,,Li Chen,not-a-hash,editor")
    rows.append("short,row")
    write("website.csv", rows)

    rows = ["name;pass;mail;status"]
    rows.append(f"kharper;{drupal(portal('kharper'))};{mail('kharper')};1")
    rows.append(f"doneill;{drupal(portal('doneill'))};{mail('doneill')};0")
    write("drupal.csv", rows)

    rows = ["id\tname\temail\tpassword"]
    rows.append(f"1\tKate Harper\t{mail('kharper')}\t{blowfish(portal('kharper'), '2y')}")
    rows.append(f"2\tLi Chen\t{mail('lchen')}\t")
    write("laravel.tsv", rows)

    phpbb = pl.phpass.using(rounds=8, salt="saltsalt", ident="H").hash(portal("lchen"))
    forum = [
        {"type": "header", "version": "5.2.1", "comment": "Export to JSON plugin for PHPMyAdmin"},
        {"type": "table", "name": "phpbb_users", "database": "forum", "data": [{"user_id": "2", "username": "lchen", "user_password": phpbb, "user_email": mail("lchen")}]},
    ]
    write("forum.json", json.dumps(forum, indent=1) + "\n")


def faults():
    good = pwdump("school.local\\lchen", 1113, "Welcome1")
    argon_big = argon("x").replace("m=1024", "m=8388608")
    text = "\n".join([
        good,
        "school.local\\cut:1114:aad3b435b51404eeaad3b435b51404ee:5676",
        "school.local\\cut:1114:aad3b435b514",
        good,
        "<script>alert(1)</script>:1115:" + LM_NONE + ":" + nt("Welcome1") + ":::",
        "=cmd|'/c calc'!A1:1116:" + LM_NONE + ":" + nt("Welcome1") + ":::",
        "\x1b[2Jgone:1117:" + LM_NONE + ":" + nt("Welcome1") + ":::",
        "nul\x00byte:$NT$" + nt("Welcome1"),
        "expensive:$2b$31$" + "a" * 53,
        "hungry:" + argon_big,
        "halved:$6$saltsalt$abc",
        "Unbekanntes Format, ganz ohne Hash",
        "badname\xff",
        "   ",
        ":$NT$" + nt("Welcome1"),
    ])
    (FOLDER / "faults.txt").write_bytes(text.encode("latin-1"))

    write("net-user.txt", "\nUser accounts for \\\\DC1\n\n" + "-" * 79 + "\nAdministrator            Guest                    kharper\nThe command completed successfully.\n\n", end="\r\n")
    write("no-hashes.csv", ["SamAccountName,DisplayName,Enabled,mail", f"kharper,Kate Harper,True,{mail('kharper')}", f"lchen,Li Chen,True,{mail('lchen')}"])


def passwords():
    rows = ["# system, account and the password that its hashes were made of"]
    for account, *_ in PEOPLE:
        for system, of in [("network", network), ("server", server), ("directory", directory), ("portal", portal)]:
            rows.append(f"{system}\t{account}\t{of(account)}")
    others = ["Football6!", "Football5!", "Kestrel!92", "Kestrel!91", "x8!QzR4!bn7Qe9vK8!mWq2pZ"]
    others += ["room12-pc", "older", "oldpc", "Printer1!", "Football7!", "Summer2", "Welcome1"]
    others += ["WELCOME1", "hG7$kq9z", "www-data", "backup", "Blue-Badger6", "Blue-Badger5"]
    rows += [f"\t\t{other}" for other in dict.fromkeys(others)]
    write("passwords.tsv", rows)


windows()
unix()
ldif()
web()
faults()
passwords()
products.write_all()
