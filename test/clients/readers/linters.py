"""The checkers of the formats themselves."""

import re
import subprocess

# What votlint 3.4.7 says of sound documents. It knows DALI 1.1, not the xtypes of DALI 1.2, and takes an
# empty cell for an array that lacks elements, though VOTable 1.3 and later have it for NULL ("An empty
# TD element is null for any type"); of what STIL itself writes for such a NULL it says the same.
_EXPLAINED = re.compile(
    r'Non-DALI xtype value "(json|uri)"|elements in array \(0 found, |Bad double string \'\'|^INFO '
)


def votlint(path):
    run = subprocess.run(["stilts", "votlint", f"votable={path}"], capture_output=True, text=True)
    lines = (run.stdout + run.stderr).splitlines()
    complaints = [line for line in lines if not _EXPLAINED.search(line)]
    assert run.returncode == 0 and not complaints, complaints[:5]


def fitsverify(path):
    run = subprocess.run(["fitsverify", path], capture_output=True, text=True)
    assert "Verification found 0 warning(s) and 0 error(s)." in run.stdout, run.stdout[-2000:]
