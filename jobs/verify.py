"""`quotum verify`: the digests of a run and of its inputs."""

from pathlib import Path

import click

from jobs.options import INPUT, OUTPUT
from jobs.progress import followed


@click.command("verify")
@click.argument("run", type=INPUT)
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=OUTPUT,
    help="Folder of the archive; QUOTUM_ARCHIVE, or else the place noted in the run, when left out.",
)  # fmt: skip
@click.option(
    "--public-key", type=INPUT, metavar="KEY",
    help="Public Ed25519 key (PEM) that the run must be signed with; needs the extra `sign`.",
)  # fmt: skip
def command(run: Path, archive: Path | None, public_key: Path | None) -> None:
    """Check the digests of a run and of the inputs it names; nothing is computed.

    RUN is the folder of a run. Ends with 21 when a file is altered, missing or too many, each of them named, when the
    signature is not that of the key, when the archive has no note of the run and no signature checked with
    --public-key vouches for it, or when a figure that no scenario set is not what the same code ships.
    """
    from quotum.errors import CannotCertify
    from quotum.output.outcome import more, verify_lines
    from quotum.replay.verification import verify

    with followed("verify", unit="files") as course:
        verification = verify(run, archive, public_key, lambda files: course.count(files, "digests"))
    for line in verify_lines(verification):
        click.echo(line)
    if verification.uncertified:
        raise CannotCertify(
            f"the run cannot be certified: {verification.uncertified[0]}{more(verification.uncertified)}"
        )
