"""`quotum verify`: the digests of a run or a simulation and of its inputs."""

from pathlib import Path

import click

from jobs import words
from jobs.options import INPUT, OUTPUT, extra_registrations_option, language_option
from jobs.progress import followed
from jobs.terminal import say


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
@extra_registrations_option
@language_option
def command(
    run: Path, archive: Path | None, public_key: Path | None, extra_registrations: tuple[Path, ...], language: str
) -> None:
    """Check the digests of a run or a simulation and of the inputs it names; nothing is computed.

    RUN is the folder of a run, or of a simulation. Ends with 21 when a file is altered, missing or too many, each of
    them named, when the signature is not that of the key, when the archive has no note of the run and no signature
    checked with --public-key vouches for it, or when a figure that no scenario set is not what the same code ships. No
    archive notes a simulation: quotum replay shows that its figures come from the archive.
    """
    from quotum.errors import CannotCertify
    from quotum.output.outcome import more, verify_lines
    from quotum.replay.verification import verify
    from quotum.run_folder.bag import looks_like_simulation

    if looks_like_simulation(run):
        _verify_simulation(run, archive, public_key, extra_registrations, language)
        return
    with followed("verify", unit="files", language=language) as course:
        verification = verify(run, archive, public_key, lambda files: course.count(files, "digests"))
    for line in verify_lines(verification):
        say(line, language)
    if verification.uncertified:
        reasons = verification.uncertified
        raise CannotCertify(words.NOT_CERTIFIED.sentence(reason=reasons[0], more=more(reasons)))


def _verify_simulation(
    folder: Path, archive: Path | None, public_key: Path | None, registers: tuple[Path, ...], language: str
) -> None:
    """Checks a simulation and prints the outcome."""
    from quotum.errors import CannotCertify
    from quotum.simulation_folder.outcome import uncertified, verified_lines
    from quotum.simulation_folder.verification import verify_simulation

    with followed("verify", unit="files", language=language) as course:
        verified = verify_simulation(
            folder, archive, public_key, registers, lambda files: course.count(files, "digests")
        )
    for line in verified_lines(verified):
        say(line, language)
    if verified.reasons:
        raise CannotCertify(uncertified(verified))
