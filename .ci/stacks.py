#!/usr/bin/env python3
"""Whether doctor finds every stack that lets a weak password in: .ci/stacks.py SEED COUNT

Stacks are made at random of our line, pam_unix, and pam_debug, which answers what its line says;
the real chpasswd is then tried on each, with several answers. Where the password is stored, doctor
must have said that the stack is wrong. Writes to /etc/pam.d and sets the password of the account
u1: .ci/deb.sh runs it where that is thrown away.
"""

import json
import os
import random
import subprocess
import sys

WEAK = "Xk9#horse!"
ANSWERS = ["success", "authtok_err", "user_unknown", "ignore", "new_authtok_reqd", "perm_denied"]
ACTIONS = ["ignore", "ok", "done", "bad", "die", "reset", "1", "2", "3"]
WORDS = ["required", "requisite", "optional", "sufficient"]


def control():
    if random.random() < 0.4:
        return random.choice(WORDS)
    parts = [f"{answer}={random.choice(ACTIONS)}" for answer in random.sample(ANSWERS, 2)]
    parts.append("default=" + random.choice(ACTIONS))
    random.shuffle(parts)
    return "[" + " ".join(parts) + "]"


def stack(depth=0):
    """Lines as (kind, control or file, argument or lines)."""
    lines = [("pam_debug.so", control(), "") for _ in range(random.randint(1, 3))]
    ours = "requisite" if random.random() < 0.6 else control()
    lines.insert(random.randint(0, len(lines)), ("pam_strongpass.so", ours, ""))
    if depth == 0 or random.random() < 0.3:
        at = random.randint(0, len(lines)) if random.random() < 0.4 else len(lines)
        usual = random.choice(["required", "sufficient", "[success=1 default=ignore]"])
        argument = "use_authtok" if random.random() < 0.6 else ""
        chosen = usual if random.random() < 0.7 else control()
        lines.insert(at, ("pam_unix.so", chosen, argument))
    if depth < 2 and random.random() < 0.4:
        part = (random.choice(["include", "substack"]), "", stack(depth + 1))
        lines.insert(random.randint(0, len(lines)), part)
    return lines


def write(lines, name, answers):
    """Writes the stack, each pam_debug with one of the answers; returns the files."""
    text, files = "", [f"/etc/pam.d/{name}"]
    for number, (kind, how, argument) in enumerate(lines):
        if kind in ("include", "substack"):
            files += write(argument, f"{name}-{number}", answers)
            text += f"password {kind} {name}-{number}\n"
        elif kind == "pam_debug.so":
            answer = random.choice(answers)
            text += f"password {how} {kind} prechauthtok=success chauthtok={answer}\n"
        else:
            text += f"password {how} {kind} {argument}\n"
    with open(files[0], "w") as file:
        file.write(text)
    return files


def stored():
    with open("/etc/shadow") as shadow:
        return next(line for line in shadow if line.startswith("u1:"))


def gets_in(lines):
    for answers in [["success"]] + [ANSWERS] * 5:
        write(lines, "chpasswd", answers)
        before = stored()
        subprocess.run(["chpasswd"], input=f"u1:{WEAK}\n", text=True, capture_output=True)
        if stored() != before:
            return True
    return False


def is_found():
    args = ["strongpass", "doctor", "--service", "chpasswd", "--json"]
    said = json.loads(subprocess.run(args, text=True, capture_output=True).stdout)
    checks = ("pam-asked", "pam-holds", "pam-control")
    return any(f["check"] in checks and f["state"] != "ok" for f in said["findings"])


def main():
    random.seed(int(sys.argv[1]))
    count, let_in, found = int(sys.argv[2]), 0, 0
    for _ in range(count):
        lines = stack()
        files = write(lines, "chpasswd", ANSWERS)
        is_wrong = is_found()
        found += is_wrong
        if gets_in(lines):
            let_in += 1
            if not is_wrong:
                for file in files:
                    print(file, open(file).read(), sep="\n", file=sys.stderr)
                sys.exit("doctor does not find this stack, which lets a weak password in")
        for file in files[1:]:
            os.remove(file)
    print(f"{count} stacks: {let_in} let a weak password in; doctor finds those among {found}")
    # Else it would prove nothing.
    assert let_in >= count // 20 and found <= count * 9 // 10


main()
