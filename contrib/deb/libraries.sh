#!/usr/bin/env bash
# Prints the libraries that are inside the command and the module, with their licences, as those
# ask for where programs are handed on: contrib/deb/libraries.sh

set -euo pipefail
cd "$(dirname "$0")/../.."

# Those that are linked, without ours; macros and what only builds are not inside.
inside=$(cargo tree --locked --edges normal,no-proc-macro --prefix none --format '{p}' \
    -p strongpass -p pam_strongpass | awk 'NF == 2 { print $1, substr($2, 2) }' | sort -u)

# From cargo: name, version, licence, folder.
packages=$(cargo metadata --locked --format-version 1 | perl -MJSON::PP -0777 -ne '
    for (@{decode_json($_)->{packages}}) {
        (my $folder = $_->{manifest_path}) =~ s|/Cargo.toml$||;
        print join("\t", $_->{name}, $_->{version}, $_->{license} // "see below", $folder), "\n";
    }')

echo 'The Rust libraries inside strongpass and pam_strongpass.so, and their licences.'
while read -r name version; do
    IFS=$'\t' read -r _ _ licence folder < <(grep -P "^\Q$name\E\t\Q$version\E\t" <<< "$packages")
    printf '\n%s\n%s %s: %s\n' "$(printf '=%.0s' {1..80})" "$name" "$version" "$licence"
    find "$folder" -maxdepth 1 -type f \
        \( -iname 'licen[cs]e*' -o -iname 'copying*' -o -iname 'copyright*' -o -iname 'notice*' \) |
        sort | while read -r text; do
            printf '\n--- %s\n\n' "$(basename "$text")"
            cat "$text"
        done
done <<< "$inside"
