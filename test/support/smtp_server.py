#!/usr/bin/env python3
"""A real SMTP server (aiosmtpd) that behaves as the recipient's local part asks: hang-data, later-data, no-data, drop-data,
later-rcpt, no-rcpt, drop-rcpt; anything else is taken. Prints its port, then one JSON line for each message it took.

usage: smtp_server.py [--auth USER:PASSWORD] [--tls CERTIFICATE KEY]
"""

import argparse
import asyncio
import email.policy
import json
import ssl

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        mode = address.partition("@")[0]
        if mode == "later-rcpt":
            return "451 4.2.0 Greylisted, come back later"
        if mode == "no-rcpt":
            return "550 5.1.1 No such user"
        if mode == "drop-rcpt":
            server.transport.abort()
            return "250 OK"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mode = envelope.rcpt_tos[0].partition("@")[0]
        if mode == "hang-data":
            await asyncio.sleep(60)
        if mode == "later-data":
            return "451 4.3.0 Out of space"
        if mode == "no-data":
            return "554 5.7.1 Looks like spam"
        if mode == "drop-data":
            server.transport.abort()
            return "250 OK"
        print(json.dumps(describe(envelope)), flush=True)
        return "250 2.0.0 Queued"


def describe(envelope):
    message = email.message_from_bytes(envelope.content, policy=email.policy.default)
    return {
        "from": envelope.mail_from,
        "to": envelope.rcpt_tos[0],
        "headers": {name.lower(): str(value) for name, value in message.items()},
        "type": message.get_content_type(),
        "parts": [{"type": part.get_content_type(), "text": part.get_content().replace("\r\n", "\n")} for part in message.iter_parts()],
        "defects": [str(defect) for part in message.walk() for defect in part.defects],
        "longest_line": max(len(line) for line in envelope.content.split(b"\r\n")),
        "ascii": envelope.content.isascii(),
    }


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--auth")
    parser.add_argument("--tls", nargs=2)
    options = parser.parse_args()

    def check(server, session, envelope, mechanism, data):
        given = f"{data.login.decode()}:{data.password.decode()}" if mechanism in ("LOGIN", "PLAIN") else None
        return AuthResult(success=given == options.auth, handled=False)

    context = None
    if options.tls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*options.tls)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(
            Handler(), hostname="mail.test", tls_context=context, loop=loop, auth_require_tls=False,
            auth_required=bool(options.auth), authenticator=check if options.auth else None,
        ),
        "127.0.0.1", 0,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
