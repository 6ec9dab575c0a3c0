"""Commands that are killed at a chosen moment."""

import subprocess
import sys
from pathlib import Path

from tests.helpers import HOUSE

# Counts what changes files below a folder, as Python sees it, and dies at a given count.
DIES = """
import os, signal, sys
place, deadly = sys.argv[1], int(sys.argv[2])
count = 0
changing = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod"}

def watch(event, arguments):
    global count
    if event == "open":
        name, mode, flags = arguments
        changes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    else:
        name, changes = (arguments or ("",))[0], event in changing
    if not changes or not str(name).startswith(place):
        return
    count += 1
    if count == deadly:
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
from jobs.cli import main
try:
    main(sys.argv[3:])
except SystemExit as end:
    print("changes:", count, file=sys.stderr)
    raise
"""


def dying(place: Path, deadly: int, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A command that is killed at a given change of a file below a folder; 0 is never, and counts them."""
    return subprocess.run(
        [sys.executable, "-c", DIES, str(place), str(deadly), *(str(argument) for argument in arguments)],
        cwd=HOUSE, capture_output=True, text=True, check=False,
    )  # fmt: skip
