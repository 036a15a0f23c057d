"""One line a check, in the form that run-clients.ts counts: `ok NAME` or `not ok NAME: REASON`."""

import sys
import traceback


def run(client, checks):
    """Runs each check (a function whose docstring is its name); ends with 1 when one failed."""
    failed = 0
    for check in checks:
        name = f"{client}: {check.__doc__}"
        try:
            check()
            print(f"ok {name}", flush=True)
        except Exception as problem:  # every failure of a check is a line, not an end
            failed += 1
            reason = " | ".join(f"{type(problem).__name__}: {problem}".splitlines())
            print(f"not ok {name}: {reason}", flush=True)
            traceback.print_exc()
    sys.exit(1 if failed else 0)


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r}, got {actual!r}")
