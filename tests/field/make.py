#!/usr/bin/env python3
"""Makes the exports of this folder again. People, passwords and keys are made up.

The digests are made by Python's hashlib and by openssl(1), so that they are none of ours.

    python3 make.py
"""

import base64
import hashlib
import json
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent
GUESSED, KEPT = "Gentle-Wombat41", "zR4!bn7Qe9-vT7$kq2z"
# MD4 is in no current library: these two were made with Samba's.
NT_GUESSED, NT_KEPT = "20b2aeef71eb54d379c1e390c5268e83", "8437dfc7cee9df783f52251734590bc7"
NT_NOTHING = "31d6cfe0d16ae931b73c59d7e0c089c0"
LM_NOTHING = "aad3b435b51404ee" * 2


def write(case, name, text):
    folder = FOLDER / case
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text if text.endswith("\n") else text + "\n")


def b64(raw):
    return base64.b64encode(raw).decode()


def sha1(password):
    return "{SHA}" + b64(hashlib.sha1(password.encode()).digest())


def ssha512(password, salt=b"saltsalt"):
    return "{SSHA512}" + b64(hashlib.sha512(password.encode() + salt).digest() + salt)


def mysql(password):
    return "*" + hashlib.sha1(hashlib.sha1(password.encode()).digest()).hexdigest().upper()


def pbkdf2(password, salt, rounds, length, digest="sha256"):
    return hashlib.pbkdf2_hmac(digest, password.encode(), salt, rounds, length)


def aes(key, block):
    command = ["openssl", "enc", "-aes-256-ecb", "-nopad", "-K", key.hex()]
    return subprocess.run(command, input=block, capture_output=True, check=True).stdout


def kerberos(password, salt):
    """RFC 3962: PBKDF2, then DK with the constant folded to 128 bits (RFC 3961)."""
    key = pbkdf2(password, salt.encode(), 4096, 32, "sha1")
    folded = b"kerberos" + bytes.fromhex("7b9b5b2b93132b93")
    first = aes(key, folded)
    return (first + aes(key, first)).hex()


def pwdump(name, rid, nt, rest=":::"):
    return f"{name}:{rid}:{LM_NOTHING}:{nt}{rest}"


def entry(account, *more):
    return "\n".join([f"dn: uid={account},dc=school", "objectClass: person", f"uid: {account}", *more, ""])


write("blank-john-view", "a.txt", f"jmarsh:$NT${NT_NOTHING}\nkharper:$NT${NT_KEPT}")
write("mysql-without-password", "user.tsv", "\n".join("\t".join(row) for row in [
    ["Host", "User", "plugin", "authentication_string", "account_locked"],
    ["%", "keks", "caching_sha2_password", "", "N"],
    ["localhost", "root", "auth_socket", "", "N"],
    ["localhost", "mysql.sys", "mysql_native_password", "*THISISNOTAVALIDPASSWORDTHATCANBEUSEDHERE", "Y"],
    ["localhost", "app", "mysql_native_password", mysql(GUESSED), "N"],
    ["localhost", "old", "mysql_native_password", mysql(KEPT), "Y"],
]))
write("lsa-default-password", "dc1.secrets", f"[*] DefaultPassword \nSCHOOL\\kiosk:{GUESSED}\n[*] _SC_backup \n(Unknown User):{GUESSED}")
write("lsa-scm", "dc1.secrets", "[*] SCM:{B092549F-61DB-41B0-96FD-02EB41E19783} \nSCM:{B092549F-61DB-41B0-96FD-02EB41E19783}:500040007300\n" + pwdump("SCHOOL\\kharper", 1104, NT_KEPT))
write("metasploit-secrets", "a.txt", "\n".join([
    "[*] 192.0.2.10:445 - Dumping Domain Credentials (domain\\uid:rid:lmhash:nthash)",
    pwdump("DC1$", 1000, NT_KEPT), f"DC1$:rc4-hmac:{NT_KEPT}", "DC1$:aes128-cts-hmac-sha1-96:" + "5a" * 16,
    pwdump("helpdesk", 1105, NT_GUESSED, ":Disabled=false,Expired=true,IsDomainAdmin=true::"),
]))
write("netexec-console", "a.txt", "\n".join("SMB         192.0.2.5       445    DC1              " + line for line in [
    "[+] Dumping the NTDS, this could take a while so go grab a redbull...",
    pwdump("school.local\\Kate Harper", 1104, NT_GUESSED) + " (status=Enabled)",
    pwdump("school.local\\tf", 1105, NT_GUESSED) + " (status=Disabled)",
    "[+] Dumped 2 NTDS hashes to /root/.nxc/logs/DC1.ntds of which 2 were added to the database",
]))
crypt_5 = "$1$abcd$Uu8y8cRwCp0c479rAK8fX0"
write("cisco-configuration", "sw1.cfg", "\n".join([
    "Building configuration...", "!", "version 15.2", "service password-encryption", "hostname sw1", "!",
    "enable password 7 0822455D0A16", f"username demo secret 5 {crypt_5}",
    f"username jdoe password 0 {GUESSED}", "username admin password 2KFQnbNIdI.2KYOU encrypted",
    "username visitor privilege 3 nopassword", "interface Vlan1", " ip address 192.0.2.2 255.255.255.0",
    "line con 0", " password 7 0822455D0A16", "end",
]))
write("salt-behind", "users.csv", "email,hashed_password,hashing_method,salt,salt_position\n"
      f"k@s.example,{hashlib.sha256((GUESSED + 'abcd').encode()).hexdigest()},sha256,abcd,suffix\n"
      f"t@s.example,{hashlib.sha256(('abcd' + GUESSED).encode()).hexdigest()},sha256,abcd,prefix\n"
      f"j@s.example,{hashlib.sha256(KEPT.encode()).hexdigest()},sha256,,")


def keycloak(kind, password):
    value = b64(pbkdf2(password, b"0123456789abcdef", 1000, 64))
    return {"type": kind, "secretData": json.dumps({"value": value, "salt": b64(b"0123456789abcdef")}),
            "credentialData": json.dumps({"hashIterations": 1000, "algorithm": "pbkdf2-sha256"})}


write("keycloak-history", "realm.json", json.dumps({"realm": "school", "users": [
    {"username": "kharper", "enabled": True, "credentials": [keycloak("password", KEPT), keycloak("password-history", GUESSED)]},
    {"username": "tf", "enabled": False, "credentials": [keycloak("password", GUESSED), {"type": "otp", "secretData": "{}", "credentialData": "{}"}]},
    {"username": "jm", "enabled": True, "federationLink": "ldap", "credentials": []},
]}, indent=1))
gitea = pbkdf2(GUESSED, bytes.fromhex("00112233445566778899aabbccddeeff"), 50000, 50).hex()
write("gitea", "user.csv", "id,lower_name,email,passwd,passwd_hash_algo,salt,is_admin,prohibit_login\n"
      f"1,kharper,k@s.example,{gitea},pbkdf2$50000$50,00112233445566778899aabbccddeeff,1,0\n"
      f"2,tf,t@s.example,{gitea},md5$3,00112233445566778899aabbccddeeff,0,0")
write("grafana", "user.csv", "id,login,email,password,salt,is_admin,is_disabled\n"
      f"1,kharper,k@s.example,{pbkdf2(GUESSED, b'saltsalt10', 10000, 50).hex()},saltsalt10,1,0\n"
      f"2,tf,t@s.example,{pbkdf2(GUESSED, b'saltsalt11', 10000, 50).hex()},saltsalt11,0,1")
write("kerberos-alone", "dc1.ntds.kerberos", "\n".join([
    f"school.example\\kharper:aes256-cts-hmac-sha1-96:{kerberos(GUESSED, 'SCHOOL.EXAMPLEkharper')}",
    "school.example\\kharper:des-cbc-md5:5a5a5a5a5a5a5a5a",
    f"school.example\\tf:aes256-cts-hmac-sha1-96:{kerberos(KEPT, 'SCHOOL.EXAMPLEtf')}",
    "school.example\\jm:des-cbc-md5:5a5a5a5a5a5a5a5a",
]))
write("meteor", "users.json", json.dumps([
    {"_id": "a", "username": "jmarsh", "services": {"password": {"bcrypt": "$2b$04$zWPqnEsxqqHG8NA4bBbZEeFryNwxL/YuJL2LI3wdtRDoZo79UFKx2"}}},
    {"_id": "b", "username": "tf", "services": {"google": {"accessToken": "x"}}},
], indent=1))
write("parse-server", "_User.json", json.dumps({"_id": "a", "username": "kharper",
      "_hashed_password": "$2b$04$YddMJlrDvoJ5bgSWdW.fPe.G1helOpFJe62s/bm./rg3l5wk67Ff6"}))
write("expired-in-directory", "a.ldif", "\n".join([
    entry("a", "shadowExpire: 18000", f"userPassword: {sha1(GUESSED)}"),
    entry("b", "pwdEndTime: 20200831235959Z", f"userPassword: {sha1(GUESSED)}"),
    entry("c", "accountExpires: 132431327990000000", f"userPassword: {sha1(GUESSED)}"),
    entry("d", "accountExpires: 9223372036854775807", "shadowExpire: -1", f"userPassword: {sha1(GUESSED)}"),
]))
write("389-history", "a.ldif", "\n".join([
    entry("kharper", f"userPassword: {ssha512(KEPT)}", f"passwordHistory: 20260101000000Z{ssha512(GUESSED)}"),
    "dn: cn=config\nnsslapd-rootdn: cn=Directory Manager\nnsslapd-rootpw: " + ssha512(GUESSED) + "\n",
]))
write("history-of-a-computer", "pc.sam", "\n".join([
    pwdump("kharper", 1001, NT_GUESSED), pwdump("kharper_history0", 1001, NT_GUESSED), pwdump("kharper_history1", 1001, NT_KEPT),
    pwdump("ks2", 1002, NT_KEPT), pwdump("ks2_history1", 1003, NT_GUESSED),
]))
write("ntdsxtract-1.0", "nt.txt", "\n".join([
    f"kharper:$NT${NT_KEPT}:::", f"kharper_nthistory0:$NT${NT_KEPT}:::", f"kharper_nthistory1:$NT${NT_GUESSED}:::",
    "kharper_lmhistory0:f8eab0fa471aff3edab057c59e5d0aa5:::",
]))
write("firebase", "users.json", json.dumps({"users": [
    {"localId": "1", "email": "k@s.example", "passwordHash": b64(b"\x07" * 64), "salt": b64(b"saltsalt")},
    {"localId": "2", "email": "t@s.example", "providerUserInfo": [{"providerId": "google.com"}]},
]}, indent=1))
write("samba-virtual", "k.ldif", "\n".join([
    "dn: CN=Kate Harper,CN=Users,DC=school,DC=example", "sAMAccountName: kharper", "userAccountControl: 514",
    "virtualClearTextUTF16:: " + b64(GUESSED.encode("utf-16le")), "",
    "dn: CN=Tom Fielding,CN=Users,DC=school,DC=example", "sAMAccountName: tf",
    "virtualSambaGPG:: " + b64(b"-----BEGIN PGP MESSAGE-----"), "virtualWDigest01: 5a5a", "", "Got password OK",
]))
write("postgres-shadow", "shadow.csv", "usename,passwd,valuntil\n"
      f"kharper,md5{hashlib.md5((GUESSED + 'kharper').encode()).hexdigest()},\n"
      f"tf,md5{hashlib.md5((GUESSED + 'tf').encode()).hexdigest()},2020-01-01 00:00:00+00\njm,,")


# What follows is for other commands than the audit: command.txt has an argument a line.
def case(name, arguments, **files):
    write(name, "command.txt", "\n".join(arguments))
    for file, text in files.items():
        write(name, file.replace("_", "."), text)


RANDOM = "vT7$kq2zWp4&"

case(
    "upn-beside-username",
    ["new-accounts", "pupils.csv"],
    pupils_csv="UPN,Forename,Surname,Username,Password\n"
    f"A823432109876,Kate,Harper,kharper26,{RANDOM}\n"
    "B823432109877,Jo,Marsh,jmarsh26,Marsh2026!\n",
)
case(
    "upn-alone",
    ["new-accounts", "pupils.csv"],
    pupils_csv=f"UPN,Forename,Surname,Password\nA823432109876,Kate,Harper,{RANDOM}\n",
)
case(
    "upn-is-the-login",
    ["new-accounts", "staff.csv", "--column", "account=UPN"],
    staff_csv="UPN,Forename,Surname,Password\n"
    "kharper@school.example,Kate,Harper,Password1!\n",
)
case(
    "autopilot",
    ["passcode", "audit", "devices.csv", "--as-of", "2026-11-22", "--leavers", "left.txt"],
    devices_csv="Device Serial Number,Windows Product ID,Hardware Hash,Group Tag,Assigned User,PIN\n"
    "DMPX1,,,Pupils,kharper@school.example,839174\n"
    "DMPX2,,,Staff,tfielding@school.example,205716\n",
    left_txt="Tom Fielding\n",
)
case(
    "entra-devices",
    ["passcode", "audit", "devices.csv", "--as-of", "2026-11-22", "--leavers", "left.txt"],
    devices_csv="displayName,accountEnabled,operatingSystem,registeredOwners,userNames,deviceId,Passcode\n"
    "iPad 1,True,iPadOS,Kate Harper,kharper@school.example,0001,839174\n"
    "iPad 2,True,iPadOS,Tom Fielding,tfielding@school.example,0002,205716\n",
    left_txt="Tom Fielding\n",
)
case(
    "no-primary-user",
    ["passcode", "audit", "devices.csv", "--leavers", "left.txt"],
    devices_csv="Device name,Serial number,Passcode\niPad 1,DMPX1,839174\n",
    left_txt="Tom Fielding\n",
)
case(
    "codes-not-recorded",
    ["passcode", "audit", "register.csv", "--as-of", "2026-11-22"],
    register_csv="Device,Holder,Passcode\nPhone 1,Kate Harper,\x1f059173\n"
    "Phone 2,Tom Fielding,TBC\nPhone 3,Jo Marsh,N/A\nPhone 4,Al Quill,??\n",
)
case(
    "birthday-of-the-holder",
    ["passcode", "audit", "register.csv", "--as-of", "2026-11-22"],
    register_csv="Device,Holder,Date of birth,Passcode\nPhone 1,Kate Harper,29/07/1996,960729\n"
    "Phone 2,Tom Fielding,1987-03-05,058703\nPhone 3,Jo Marsh,5 March 1987,839174\n",
)
IOS = {
    "@odata.type": "#microsoft.graph.iosCompliancePolicy",
    "displayName": "iPads",
    "passcodeBlockSimple": False,
    "passcodeExpirationDays": None,
    "passcodeMinimumLength": 6,
    "passcodeMinutesOfInactivityBeforeScreenTimeout": 5,
    "passcodeRequiredType": "deviceDefault",
    "passcodeRequired": True,
}
case("intune-ios", ["passcode", "policy", "ios.json"], ios_json=json.dumps(IOS, indent=1))
ANDROID = {
    "@odata.type": "#microsoft.graph.androidDeviceOwnerCompliancePolicy",
    "displayName": "Phones",
    "passwordRequired": True,
    "passwordMinimumLength": 4,
    "passwordRequiredType": "numericComplex",
}
case(
    "intune-android",
    ["passcode", "policy", "android.json"],
    android_json=json.dumps({"value": [ANDROID, ANDROID | {"passwordMinimumLength": 6}]}, indent=1),
)
case(
    "intune-complexity",
    ["passcode", "policy", "android.json"],
    android_json=json.dumps({"displayName": "Own", "requiredPasswordComplexity": "high"}),
)
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>PayloadContent</key><array><dict>
<key>PayloadType</key><string>com.apple.mobiledevice.passwordpolicy</string>
<key>customRegex</key><dict><key>passwordContentRegex</key><string>^(?=.*[A-Z])&amp;</string></dict>
<key>maxFailedAttempts</key><integer>5</integer><key>minLength</key><integer>15</integer>
<key>forcePIN</key><true/><key>allowSimple</key><false/>
</dict></array>
<key>PayloadDisplayName</key><string>Passcodes</string>
<key>PayloadType</key><string>Configuration</string>
</dict></plist>
"""
case("jamf-profile", ["passcode", "policy", "p.mobileconfig"], p_mobileconfig=PROFILE)
