#!/usr/bin/env python3
"""Checks who may know whom (ARCHITECTURE.md), by the #include lines. Prints what is wrong, one line each, and fails.

usage: lint.py [--stats]

With --stats it prints the lengths of files and functions and the slowest compilations instead; they are targets to notice.
"""

import pathlib
import re
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODULES = ROOT / "script/lib/modules.txt"

# What a folder of ours may include besides itself. The rest of the house is closed to it.
LAYERS = {
    "core": {"core"},
    "db": {"core"},
    "http": {"core", "db"},
    "jobs": {"core", "db"},
    "modules": {"core", "db", "http", "jobs"},
    "providers": {"core", "db", "http", "jobs", "modules"},
    "sandbox": {"core", "db", "http", "jobs"},
    "app": {"core", "db", "http", "jobs", "modules", "providers", "sandbox"},
    "main": {"core", "db", "http", "jobs", "modules", "providers", "sandbox", "app"},
}

# Foreign headers and the files that may see them: each is expensive to compile, or must stay behind one interface.
FOREIGN = {
    r"boost/(asio/ssl|beast)\b": r"server/http/",
    r"openssl/": r"server/http/|server/core/crypto",
    r"sodium": r"server/core/crypto",
    r"libpq|postgres_ext": r"server/db/",
    r"boost/json": r"server/core/json\.cpp",
    r"curl/": r"server/http/|server/providers/smtp/",
    r"phonenumbers/": r"server/core/phone\.cpp",
}

# Headers that everybody reads: they say what there is, and do not make every reader compile the network.
LIGHT_BOOST = r"boost/(asio/(awaitable|any_io_executor)\.hpp|describe|mp11)"

# Lines that no file of these folders may hold.
WORDS = {
    r"\basio::detached\b": (r"server/|sandbox/", "a coroutine is never detached: give co_spawn a handler that logs"),
    r"\bsystem_clock::now\(\)|(?<![\w.>:])now\(\)(?!\s*const)": (
        r"server/modules/",
        "modules take the time from their context: ctx.now() in C++, a parameter in SQL",
    ),
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def read_modules():
    """{module: modules it may include}, from modules.txt, which may only look back."""
    allowed = {}
    for number, line in enumerate(MODULES.read_text().splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, rest = line.partition(":")
        uses = rest.split()
        for other in uses:
            if other not in allowed:
                sys.exit(f"{MODULES.relative_to(ROOT)}:{number}: {name} names {other}, which is not listed above it")
        allowed[name.strip()] = set(uses)
    return allowed


def sources():
    for top in ("server", "sandbox"):
        for path in sorted((ROOT / top).rglob("*.?pp")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith("server/vendor/") and not name.endswith("_test.cpp"):
                yield name, path.read_text(encoding="utf-8")


def layer_of(name):
    """The layer of a file, by its path from the root: server/core/x.cpp is core, sandbox/x.cpp is sandbox."""
    parts = name.split("/")
    if parts[0] == "sandbox":
        return "sandbox"
    return parts[1] if parts[1] in LAYERS else "main"


def check_ours(name, target, allowed):
    layer = layer_of(name)
    to = target.split("/")
    if to[0] not in LAYERS:
        return f'there is no folder for "{target}": name headers from server/ ("core/error.hpp") or the root ("sandbox/x.hpp")'
    if to[0] != layer and to[0] not in LAYERS[layer]:
        return f"{layer} may not know {to[0]} ({target})"
    if layer == to[0] == "modules":
        own, other = name.split("/")[2], to[1]
        if own == other:
            return None
        if target != f"modules/{other}/{other}.hpp":
            return f"a module shows others only modules/{other}/{other}.hpp, not {target}"
        if own not in allowed:
            return f"module {own} is not listed in script/lib/modules.txt"
        if other not in allowed[own]:
            return f"module {own} may not include {other} (script/lib/modules.txt): use events"
    return None


def check_foreign(name, target):
    for header, where in FOREIGN.items():
        if re.match(header, target) and not re.match(where, name) and not re.match(r"boost/json/fwd", target):
            return f"<{target}> is for {where.replace(chr(92), '').replace('|', ', ')} only"
    light = re.fullmatch(r"server/(core/\w+|modules/(\w+)/\2)\.hpp", name)
    if light and target.startswith("boost/") and not re.match(LIGHT_BOOST, target):
        return f"<{target}> is too heavy for a header: include it in the .cpp"
    return None


def check():
    allowed = read_modules()
    faults = []
    for name, text in sources():
        for number, line in enumerate(text.splitlines(), start=1):
            found = INCLUDE.match(line)
            if found:
                ours = found[1] == '"'
                fault = check_ours(name, found[2], allowed) if ours else check_foreign(name, found[2])
                if fault:
                    faults.append(f"{name}:{number}: {fault}")
            for pattern, (where, why) in WORDS.items():
                if re.match(where, name) and re.search(pattern, line.split("//")[0]):
                    faults.append(f"{name}:{number}: {why}")
    print("\n".join(faults), end="\n" if faults else "")
    return not faults


def spread(values):
    values = sorted(values)
    return f"median {statistics.median(values):.0f}, p90 {values[int(len(values) * 0.9)]}, longest {values[-1]}"


def function_lengths(text):
    """Lines of each function, by the layout that clang-format gives: a body opens at the end of a line and closes in its column."""
    open_at = None
    for number, line in enumerate(text.splitlines()):
        indent = len(line) - len(line.lstrip())
        if open_at is None and re.match(r"\s*[\w:<>~].*\)( const| noexcept| override|.*->.*| &&)* \{$", line):
            if not re.match(r"\s*(if|for|while|switch|else|do|catch)\b", line):
                open_at = (number, indent)
        elif open_at and re.match(r"\s*\}", line) and indent == open_at[1]:
            yield number - open_at[0] - 1
            open_at = None


def compile_seconds(log):
    """{object: seconds} of the last build, from Ninja's log."""
    seconds = {}
    for line in log.read_text().splitlines()[1:]:
        start, end, _, output, _ = line.split("\t")
        if output.endswith(".o"):
            seconds[output] = (int(end) - int(start)) / 1000
    return seconds


def stats():
    texts = dict(sources())
    lengths = {name: text.count("\n") for name, text in texts.items()}
    functions = [length for text in texts.values() for length in function_lengths(text)]
    if lengths:
        print(f"{len(lengths)} files, lines: {spread(lengths.values())} (targets 120, 300)")
    for name, length in sorted(lengths.items(), key=lambda item: -item[1])[:5]:
        print(f"    {length:5}  {name}")
    if functions:
        print(f"{len(functions)} functions, lines: {spread(functions)} (targets 10, 35)")
    for log in sorted(ROOT.glob("build/*/.ninja_log")):
        slow = [(s, o) for o, s in compile_seconds(log).items() if s > 2]
        print(f"{log.parent.relative_to(ROOT)}: {len(slow)} units took over 2 s when last compiled")
        for seconds, output in sorted(slow, reverse=True)[:10]:
            print(f"    {seconds:5.1f}  {re.sub(r'.*[.]dir/|[.]o$', '', output)}")


if sys.argv[1:] == ["--stats"]:
    stats()
elif not sys.argv[1:]:
    sys.exit(not check())
else:
    sys.exit(__doc__)
