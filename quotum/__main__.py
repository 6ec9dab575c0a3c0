"""`python -m quotum`: the command `quotum`, where its script is not on the search path.

The command is looked up as it was installed and not imported: quotum knows nothing of its command line.
"""

import sys
from importlib.metadata import PackageNotFoundError, distribution


def main() -> None:
    """Runs the installed command."""
    try:
        installed = distribution("quotum").entry_points
    except PackageNotFoundError:
        sys.exit("quotum: is not installed in this Python, so it has no command: `pip install .` in its folder")
    (script,) = installed.select(group="console_scripts", name="quotum")
    script.load()(prog_name="quotum")


if __name__ == "__main__":
    main()
