"""Signed bags, folder and archive: what is right is silent, and every way in which it is not is told."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from minisign import KeyPair

from edition import cli, signing
from edition.bagging import BagPlan, Limits, PayloadFile, serialise, stage
from edition.errors import EditionError, UsageError
from edition.init import create
from edition.packing import Package
from edition.provenance.keys import SigningKey, VerifyingKey, signing_key, verifying_key
from edition.staging import staged
from tests.provenance.story import HISTORY, MADE_AT

NAME = "letters-bag"
PAYLOAD = (PayloadFile("a.txt", b"words\n"), PayloadFile("буквы/50%.txt", b"letters\n"))


@pytest.fixture(scope="module")
def pair() -> KeyPair:
    return KeyPair.generate()


@pytest.fixture
def key(tmp_path_factory: pytest.TempPathFactory, pair: KeyPair) -> SigningKey:
    file = tmp_path_factory.mktemp("keys") / "letters.key"
    file.write_bytes(bytes(pair.secret_key) + b"\n")
    file.chmod(0o600)
    return signing_key(file, lambda: "")


@pytest.fixture
def public(pair: KeyPair) -> VerifyingKey:
    return verifying_key(pair.public_key.to_base64().decode())


def make(folder: Path, key: SigningKey, payload: tuple[PayloadFile, ...] = PAYLOAD, form: str = "folder") -> Path:
    """A signed bag of this payload in `folder`."""
    package = Package(BagPlan(payload, MADE_AT, algorithms=("sha512", "md5")), HISTORY)
    with stage(package.plan, folder / NAME) as bag:
        name = NAME if form == "folder" else f"{NAME}.{form}"
        with staged(folder, signing.sign(package, bag.folder, name, key)) as publish:
            publish()
        if form == "folder":
            bag.publish(replace=True)
        else:
            with serialise(bag, form) as archive:
                archive.publish()
    return folder / name


def codes(bag: Path, public: VerifyingKey) -> list[tuple[str, str]]:
    return [(found.rule.code, found.location.path) for found in signing.verify(bag, public, Limits())]


@pytest.mark.parametrize("form", ["folder", "tar", "tar.gz", "zip"])
def test_a_signed_bag_is_verified_in_every_form(
    tmp_path: Path, key: SigningKey, public: VerifyingKey, form: str
) -> None:
    bag = make(tmp_path, key, form=form)
    assert codes(bag, public) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [bag.name, f"{NAME}.minisig", f"{NAME}.intoto.json", f"{NAME}.intoto.json.minisig"]
    )


def test_the_same_bag_has_the_same_signatures(tmp_path: Path, key: SigningKey) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        make(tmp_path / name, key)
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir() if path.is_file()})
    assert made[0] == made[1]


def test_the_statement_vouches_for_all_of_the_payload(tmp_path: Path, key: SigningKey) -> None:
    make(tmp_path, key)
    subjects = json.loads((tmp_path / f"{NAME}.intoto.json").read_text(encoding="utf-8"))["subject"]
    assert [each["name"] for each in subjects] == ["data/a.txt", "data/буквы/50%.txt"]
    assert all(set(each["digest"]) == {"md5", "sha512"} for each in subjects)


def change_tag_manifest(folder: Path) -> None:
    manifest = folder / NAME / "tagmanifest-sha512.txt"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("0", "1"), encoding="utf-8")


def change_statement(folder: Path) -> None:
    said = folder / f"{NAME}.intoto.json"
    said.write_bytes(said.read_bytes().replace(b"sha512", b"sha256"))


def drop_strong_tag_manifest(folder: Path) -> None:
    (folder / NAME / "tagmanifest-sha512.txt").unlink()


def swap(folder: Path) -> None:
    one, other = folder / f"{NAME}.minisig", folder / f"{NAME}.intoto.json.minisig"
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)


def empty(folder: Path) -> None:
    (folder / f"{NAME}.minisig").write_bytes(b"")


def fill_signature(folder: Path) -> None:
    (folder / f"{NAME}.minisig").write_bytes(b"A" * (1 << 20))


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (change_tag_manifest, [("BAG902", f"{NAME}.minisig")]),
        (change_statement, [("BAG902", f"{NAME}.intoto.json.minisig")]),
        (swap, [("BAG902", f"{NAME}.minisig"), ("BAG902", f"{NAME}.intoto.json.minisig")]),
        (empty, [("BAG902", f"{NAME}.minisig")]),
        (fill_signature, [("BAG902", f"{NAME}.minisig")]),
        (drop_strong_tag_manifest, [("BAG902", "tagmanifest-sha512.txt")]),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_what_was_changed_after_it_was_signed(
    tmp_path: Path,
    key: SigningKey,
    public: VerifyingKey,
    damage: Callable[[Path], None],
    expected: list[tuple[str, str]],
) -> None:
    bag = make(tmp_path, key)
    damage(tmp_path)
    assert codes(bag, public) == expected


def test_a_statement_that_is_too_large_to_read(
    tmp_path: Path, key: SigningKey, public: VerifyingKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    bag = make(tmp_path, key)
    monkeypatch.setattr(signing, "_STATEMENT", replace(signing._STATEMENT, max_bytes=8))
    (found,) = signing.verify(bag, public, Limits())
    assert (found.rule.code, found.location.path) == ("BAG903", f"{NAME}.intoto.json")
    assert "larger than" in found.message


def test_a_bag_without_what_could_be_signed_does_not_pass(
    tmp_path: Path, key: SigningKey, pair: KeyPair, capsys: pytest.CaptureFixture[str]
) -> None:
    bag = make(tmp_path, key)
    drop_strong_tag_manifest(tmp_path)
    assert cli.main(["verify", str(bag), "--key", pair.public_key.to_base64().decode()]) == 1
    assert "signature-wrong" in capsys.readouterr().out


def test_the_statement_of_another_bag(tmp_path: Path, key: SigningKey, public: VerifyingKey) -> None:
    for name, payload in (("old", PAYLOAD[:1]), ("new", PAYLOAD)):
        (tmp_path / name).mkdir()
        make(tmp_path / name, key, payload)
    for each in (tmp_path / "old").glob("*.intoto.json*"):
        shutil.copy(each, tmp_path / "new" / each.name)
    assert codes(tmp_path / "new" / NAME, public) == [("BAG903", f"{NAME}.intoto.json")]


def test_another_key(tmp_path: Path, key: SigningKey) -> None:
    bag = make(tmp_path, key)
    other = verifying_key(KeyPair.generate().public_key.to_base64().decode())
    assert [code for code, _ in codes(bag, other)] == ["BAG902", "BAG902"]


def test_signatures_that_are_not_there(tmp_path: Path, key: SigningKey, public: VerifyingKey) -> None:
    bag = make(tmp_path, key)
    (tmp_path / f"{NAME}.minisig").unlink()
    assert codes(bag, public) == [("BAG901", f"{NAME}.minisig")]


def test_a_bag_that_is_named_from_within(
    tmp_path: Path, key: SigningKey, public: VerifyingKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make(tmp_path, key))
    assert codes(Path(), public) == []


def test_only_weak_checksums_cannot_be_signed(tmp_path: Path, key: SigningKey) -> None:
    make(tmp_path, key)
    drop_strong_tag_manifest(tmp_path)
    package = Package(BagPlan(PAYLOAD, MADE_AT), HISTORY)
    with pytest.raises(EditionError, match="no tag manifest"):
        signing.sign(package, tmp_path / NAME, NAME, key)


def test_a_key_among_the_files_is_refused(tmp_path: Path, key: SigningKey) -> None:
    copy = tmp_path / "notes.txt"
    copy.write_bytes(b"my key:\n" + key.file.read_bytes())
    with pytest.raises(UsageError, match=r"notes\.txt: this is the key") as raised:
        signing.refuse_packing(key, (*PAYLOAD, PayloadFile("notes.txt", copy)))
    assert key.file.read_text(encoding="utf-8").splitlines()[1] not in str(raised.value)


def test_a_key_that_others_may_read_is_a_warning(key: SigningKey) -> None:
    assert signing.key_findings(key) == ()
    (found,) = signing.key_findings(replace(key, is_open=True))
    assert (found.rule.code, found.hint) == ("BAG904", "chmod 600 letters.key")


def test_from_the_command_line(
    tmp_path: Path,
    key: SigningKey,
    pair: KeyPair,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    folder, public = tmp_path / "letters", tmp_path / "letters.pub"
    public.write_bytes(bytes(pair.public_key) + b"\n")
    create(folder)
    assert cli.main(["bag", str(folder), "--sign", str(key.file), "--serialise", "tar.gz"]) == 0
    output = folder / "output"
    assert sorted(path.name for path in output.iterdir()) == [
        "letters-bag.intoto.json",
        "letters-bag.intoto.json.minisig",
        "letters-bag.minisig",
        "letters-bag.tar.gz",
    ]
    assert cli.main(["verify", str(output / "letters-bag.tar.gz"), "--key", str(public)]) == 0
    secret = key.file.read_bytes().splitlines()[1]
    said = capsys.readouterr()
    assert secret.decode() not in said.out + said.err
    assert not [file for file in output.rglob("*") if file.is_file() and secret in file.read_bytes()]


def test_made_anew_without_a_key(tmp_path: Path, key: SigningKey, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "letters"
    create(folder)
    signatures = {"letters-bag.intoto.json", "letters-bag.intoto.json.minisig", "letters-bag.minisig"}

    def beside_the_bag(date: str, *options: str) -> set[str]:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", date)
        assert cli.main(["bag", str(folder), "--replace", *options]) == 0
        return {path.name for path in (folder / "output").iterdir() if path.name != "letters-bag"}

    assert beside_the_bag("1700000000", "--sign", str(key.file)) == signatures
    assert beside_the_bag("1700000000") == signatures, "they are true of the same bag"
    assert beside_the_bag("1800000000") == set(), "they would be false"


def test_a_password_that_nobody_can_be_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: SIM115, PTH123 - closed with the process
    pair = KeyPair.generate()
    pair.secret_key.encrypt("geheim", opslimit=32768, memlimit=1 << 21)
    (tmp_path / "k").write_bytes(bytes(pair.secret_key) + b"\n")
    create(tmp_path / "letters")
    assert cli.main(["bag", str(tmp_path / "letters"), "--sign", str(tmp_path / "k")]) == 2
    assert "has a password, and nobody can be asked" in capsys.readouterr().err
