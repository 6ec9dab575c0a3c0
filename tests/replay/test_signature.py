"""`settle --sign-key` and `verify --public-key`: who vouches for a run."""

import builtins
import subprocess
import sys

import pytest

from tests.helpers import (
    EXAMPLES,
    HOUSE,
    ended,
    example,
    files_under,
    process,
    quotum,
    record_and_results,
    settle_command,
)
from tests.replay.altering import a_copy, change_rows, seal_again
from tests.replay.keys import keys

SCENARIO = ("--scenario", example(EXAMPLES[0]) / "scenario.toml", "--threads", 1)
SIGNATURE = "signature.ed25519"


@pytest.fixture(scope="module")
def signed(archive, tmp_path_factory):
    """A signed run with its keys."""
    folder = tmp_path_factory.mktemp("signed")
    private, public = keys(folder)
    ended(settle_command(archive, folder / "run", *SCENARIO, "--sign-key", private), 0)
    return folder / "run", private, public


def test_a_signature_changes_nothing_else_and_is_the_same_each_time(signed, run, archive, tmp_path):
    place, private, _ = signed
    more = record_and_results(place)
    assert len(more.pop(SIGNATURE)) == 64
    assert more == record_and_results(run)
    ended(settle_command(archive, tmp_path / "again", *SCENARIO, "--sign-key", private), 0)
    assert record_and_results(tmp_path / "again") == record_and_results(place)


def test_a_signed_run_is_a_valid_bag_sealed_for_its_owner(signed):
    import bagit  # noqa: PLC0415 (only here: an independent reader of bags)

    place = signed[0]
    assert bagit.Bag(str(place)).validate(completeness_only=False)
    assert (place / SIGNATURE).stat().st_mode & 0o777 == 0o400
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", manifest], cwd=place, check=True)  # noqa: S607


def test_openssl_checks_the_signature_too(signed):
    """Whoever has the public key needs no quotum."""
    place, _, public = signed
    command = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        str(public),
        "-rawin",
        "-in",
        "tagmanifest-sha256.txt",
    ]
    result = subprocess.run([*command, "-sigfile", SIGNATURE], cwd=place, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_verify_with_the_key_of_the_run_and_without(signed):
    place, _, public = signed
    assert "made with the key that belongs to --public-key" in ended(quotum("verify", place, "--public-key", public), 0)
    assert "not checked: name the key with --public-key" in ended(quotum("verify", place), 0)


def test_another_key_or_no_signature_cannot_be_certified(signed, run, tmp_path):
    _, other = keys(tmp_path, 8)
    assert "not made over this run" in ended(quotum("verify", signed[0], "--public-key", other), 21)
    assert "has no signature" in ended(quotum("verify", run, "--public-key", other), 21)


def test_a_run_that_was_sealed_anew_does_not_fit_its_signature(signed, tmp_path):
    """The digests are right, and the archive notes another run."""
    place, _, public = signed
    copy = a_copy(place, tmp_path / "copy")
    change_rows(copy, "settlement", lambda rows: rows[1:])
    seal_again(copy)
    output = ended(quotum("verify", copy), 21)
    assert "noted      not in the archive" in output
    assert "may have been changed and sealed anew" in output
    assert "not made over this run" in ended(quotum("verify", copy, "--public-key", public), 21)


def test_a_signed_run_is_repeated(signed, archive):
    assert "identical" in ended(quotum("replay", signed[0], "--archive", archive), 0)


@pytest.mark.slow
def test_the_same_run_without_this_signature_is_not_the_same(signed, run, archive, tmp_path):
    place, private, _ = signed
    other, _ = keys(tmp_path, 8)
    before = files_under(place)
    assert "there already" in ended(settle_command(archive, place, *SCENARIO, "--sign-key", private), 0)
    assert "there already" in ended(settle_command(archive, place, *SCENARIO), 0)
    for where, key in ((run, private), (place, other)):
        output = ended(settle_command(archive, where, *SCENARIO, "--sign-key", key), 2)
        assert "without the signature of this key" in output
    assert files_under(place) == before


@pytest.mark.parametrize("what", ["absent", "no_key", "public", "other_kind", "with_passphrase"])
def test_a_key_that_does_not_sign_is_refused_before_anything_is_computed(what, archive, tmp_path):
    from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key  # noqa: PLC0415

    private, public = keys(tmp_path)
    key = tmp_path / "key.pem"
    pem, pkcs = form.Encoding.PEM, form.PrivateFormat.PKCS8
    match what:
        case "no_key":
            key.write_text("hello")
        case "public":
            key.write_bytes(public.read_bytes())
        case "other_kind":
            key.write_bytes(generate_private_key(SECP256R1()).private_bytes(pem, pkcs, form.NoEncryption()))
        case "with_passphrase":
            private_key = form.load_pem_private_key(private.read_bytes(), None)
            key.write_bytes(private_key.private_bytes(pem, pkcs, form.BestAvailableEncryption(b"secret")))
    output = ended(settle_command(archive, tmp_path / "run", "--sign-key", key), 2)
    assert str(key) in output
    assert not (tmp_path / "run").exists()


def test_a_private_key_is_no_public_key(signed):
    place, private, _ = signed
    assert "no public key" in ended(quotum("verify", place, "--public-key", private), 2)


def test_without_the_library_it_is_said_how_to_get_it(signed, monkeypatch):
    place, private, public = signed
    real = builtins.__import__

    def without(name, *more, **named):
        if name.startswith("cryptography"):
            raise ImportError(name)
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    assert "extra `sign`" in ended(quotum("verify", place, "--public-key", public), 2)
    assert "extra `sign`" in ended(settle_command(place, place.parent / "none", "--sign-key", private), 2)


def test_nobody_who_does_not_sign_needs_the_library(run):
    """Verify loads it only when a key is named."""
    script = "import sys\nsys.modules['cryptography'] = None\nfrom jobs.cli import main\nmain(['verify', sys.argv[1]])"
    result = subprocess.run(
        [sys.executable, "-c", script, str(run)], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert process("settle", "--help").returncode == 0
