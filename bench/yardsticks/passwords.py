"""passwords.py SECONDS: Argon2id hashes that libsodium compares a second, as the product keeps them, on two threads."""

import ctypes
import sys
import threading
import time

sodium = ctypes.CDLL("libsodium.so.23")
assert sodium.sodium_init() >= 0
password = b"a quiet street in spring"
stored = ctypes.create_string_buffer(128)
length = ctypes.c_ulonglong(len(password))
assert sodium.crypto_pwhash_str(stored, password, length, ctypes.c_ulonglong(2), ctypes.c_size_t(19456 * 1024)) == 0

seconds = float(sys.argv[1])
end = time.monotonic() + seconds
counts = [0, 0]


def compare(i):
    while time.monotonic() < end:
        assert sodium.crypto_pwhash_str_verify(stored, password, length) == 0
        counts[i] += 1


threads = [threading.Thread(target=compare, args=(i,)) for i in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(counts) / seconds)
