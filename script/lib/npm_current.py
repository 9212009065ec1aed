#!/usr/bin/env python3
"""Exit status 0 if the npm packages beside a lockfile are the ones that it names.

usage: npm_current.py PACKAGE_LOCK
"""

import json
import pathlib
import sys

lockfile = pathlib.Path(sys.argv[1])
installed = lockfile.parent / "node_modules" / ".package-lock.json"
if not installed.exists():
    sys.exit(1)
wanted = json.loads(lockfile.read_text())["packages"]
found = json.loads(installed.read_text())["packages"]


def differs(path, package):
    if path not in found:
        return not (package.get("optional") or package.get("devOptional"))
    return package.get("version") != found[path].get("version")


sys.exit(any(differs(path, package) for path, package in wanted.items() if path))
