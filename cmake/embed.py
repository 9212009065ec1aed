#!/usr/bin/env python3
"""Writes a C++ table of files that are embedded in the binary.

usage: embed.py migrations|templates|data|web FOLDER LIST OUTPUT

LIST names the files, separated by semicolons. The table holds paths relative to FOLDER; the bytes are included by the
assembler. Compressed copies (web only) are written beside OUTPUT.
"""

import gzip
import hashlib
import pathlib
import re
import sys

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


def quoted(text):
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


class Blobs:
    """Byte ranges of the binary: assembler text that includes them, and C++ expressions that name them."""

    def __init__(self):
        self.assembly = []
        self.declarations = []

    def add(self, path):
        """The bytes of a file, as a C++ expression of type std::string_view."""
        symbol = f"doorstep_blob_{hashlib.sha256(str(path).encode()).hexdigest()[:16]}"
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        include = f".incbin {quoted(path)} # {digest}"
        self.assembly.append(f'    {quoted(f"{symbol}:")} "\\n" {quoted(include)} "\\n" {quoted(".byte 0")} "\\n"')
        self.declarations.append(f"extern const char {symbol}[];")
        return f"std::string_view{{{symbol}, {path.stat().st_size}}}"

    def text(self):
        if not self.assembly:
            return ""
        # Symbols stay local to the object file: each kind has its own, whose names the paths make unique.
        lines = ['asm(".pushsection .rodata\\n"', *self.assembly, '    ".popsection\\n");', "", 'extern "C" {']
        return "\n".join([*lines, *self.declarations, "}", ""])


def table(type_name, rows):
    """A constant array, or an empty span where C++ knows no empty array."""
    if not rows:
        return f"constexpr std::span<const {type_name}> table;"
    return f"const {type_name} table[] = {{\n" + "".join(f"    {row},\n" for row in rows) + "};"


def migrations(folder, files, blobs, _):
    steps = {}
    for file in files:
        match = re.fullmatch(r"(\d{4})_([a-z0-9_]+)\.(up|down)\.sql", file.name)
        if not match:
            sys.exit(f"{file}: a migration is named 0001_words.up.sql or 0001_words.down.sql")
        version, name, direction = int(match[1]), match[2], match[3]
        step = steps.setdefault(version, {"name": name})
        if step["name"] != name:
            sys.exit(f"{file}: version {version} is also called {step['name']}")
        step[direction] = blobs.add(file)
    for expected, version in enumerate(sorted(steps), start=1):
        if version != expected or steps[version].keys() != {"name", "up", "down"}:
            sys.exit(f"{folder}: migration {expected} lacks its .up.sql or its .down.sql")
    rows = [f'{{{v}, {quoted(s["name"])}, {s["up"]}, {s["down"]}}}' for v, s in sorted(steps.items())]
    return f"""#include "db/migrations.hpp"

{blobs.text()}
namespace doorstep::db {{
namespace {{
{table("Migration", rows)}
}}

std::span<const Migration> all_migrations() {{
    return table;
}}

}}
"""


def named(function, folder, files, blobs):
    rows = [f"{{{quoted(f.relative_to(folder).as_posix())}, {blobs.add(f)}}}" for f in files]
    return f"""#include "core/embedded.hpp"

#include <algorithm>
#include <span>

{blobs.text()}
namespace doorstep {{
namespace {{
struct File {{
    std::string_view path;
    std::string_view bytes;
}};

{table("File", rows)}
}}

std::optional<std::string_view> {function}(std::string_view path) {{
    auto found = std::ranges::lower_bound(table, path, {{}}, &File::path);
    if (found == std::ranges::end(table) || found->path != path) return std::nullopt;
    return found->bytes;
}}

}}
"""


def templates(folder, files, blobs, _):
    return named("embedded_template", folder, files, blobs)


def data(folder, files, blobs, _):
    return named("embedded_data", folder, files, blobs)


def web_path(folder, file):
    """The path below web/dist; the API's documentation comes from a folder of its own and lies below docs/."""
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else "docs/" + file.name


def web(folder, files, blobs, scratch):
    def row(file):
        path = web_path(folder, file)
        content = file.read_bytes()
        etag = '"' + hashlib.sha256(content).hexdigest()[:16] + '"'
        packed = gzip.compress(content, mtime=0)
        gzipped = "{}"
        if len(packed) < 0.9 * len(content):
            copy = scratch / "gzip" / (path + ".gz")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(packed)
            gzipped = blobs.add(copy)
        content_type = CONTENT_TYPES.get(file.suffix, "application/octet-stream")
        return f"{{{quoted(path)}, {quoted(content_type)}, {quoted(etag)}, {blobs.add(file)}, {gzipped}}}"

    rows = [row(file) for file in files]
    return f"""#include "core/embedded.hpp"

#include <algorithm>
#include <span>

{blobs.text()}
namespace doorstep {{
namespace {{
{table("EmbeddedFile", rows)}
}}

const EmbeddedFile* embedded_file(std::string_view path) {{
    auto found = std::ranges::lower_bound(table, path, {{}}, &EmbeddedFile::path);
    if (found == std::ranges::end(table) || found->path != path) return nullptr;
    return &*found;
}}

}}
"""


def main():
    if len(sys.argv) != 5 or sys.argv[1] not in ("migrations", "templates", "data", "web"):
        sys.exit(__doc__)
    kind, folder, listing, output = sys.argv[1], *map(pathlib.Path, sys.argv[2:])
    names = [name for name in listing.read_text().strip().split(";") if name]
    # Sorted as std::string_view compares, because the tables are searched by halves.
    files = sorted(map(pathlib.Path, names), key=lambda file: web_path(folder, file).encode())
    writer = {"migrations": migrations, "templates": templates, "data": data, "web": web}[kind]
    output.write_text("// Written by cmake/embed.py.\n" + writer(folder, files, Blobs(), output.parent))


main()
