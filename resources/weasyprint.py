"""Makes PDF of HTML, one after the other, for the server that started it.

On standard input comes the length of a document in four bytes, the highest first, and the document. On standard output goes a
letter, a length and so many bytes: "R" once it is ready, then "P" and the PDF, or "E" and the kind of fault. Nothing is fetched
for a document, neither from the network nor from the disk, and what it may take is limited.
"""

import logging
import os
import pwd
import resource
import signal
import struct
import sys

MEMORY = 1 << 30
SECONDS = 30  # of the processor, for each document


def refuse(url, *_arguments, **_options):
    raise PermissionError("documents fetch nothing")


def receive(count):
    data = sys.stdin.buffer.read(count)
    if len(data) < count:
        sys.exit()
    return data


def answer(letter, data=b""):
    sys.stdout.buffer.write(letter + struct.pack(">I", len(data)) + data)
    sys.stdout.buffer.flush()


def be_nobody():
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)


def allow_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 1 + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal: the server ends us
    be_nobody()
    from weasyprint import HTML

    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def make(html):
        return HTML(string=html, url_fetcher=refuse).write_pdf()

    make("<p>Aa</p>")  # loads fonts
    answer(b"R")
    while True:
        (length,) = struct.unpack(">I", receive(4))
        html = receive(length).decode()
        allow_seconds()
        try:
            pdf = make(html)
        except Exception as fault:
            answer(b"E", type(fault).__name__.encode())
        else:
            answer(b"P", pdf)


main()
