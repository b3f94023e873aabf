"""BagIt Profiles: what is read of them, what a bag that is there and one that is planned lack."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.bagging import Asked, BagPlan, Profile, load_profile, serialise, stage, verify
from edition.bagging.conforming import judge, of_plan
from edition.bagging.profiles import KNOWN
from edition.diagnostics import Diagnostic, Location
from edition.errors import ConfigError

BASE = {
    "BagIt-Profile-Info": {
        "BagIt-Profile-Identifier": "https://archive.example/profile.json",
        "Source-Organization": "The archive",
        "External-Description": "For tests",
        "Version": "1",
    },
    "Accept-BagIt-Version": ["1.0"],
}
PLACE = Location("edition.toml", 7)


def profile(folder: Path, said: dict[str, Any]) -> Profile:
    (folder / "p.json").write_text(json.dumps(BASE | said), encoding="utf-8")
    return load_profile("p.json", folder)


def said(findings: Iterable[Diagnostic]) -> list[str]:
    return sorted(found.message.removeprefix("p.json: ") for found in findings if found.rule.code.startswith("BAG7"))


@pytest.fixture
def held(plan: BagPlan) -> BagPlan:
    """A plan that names its profile."""
    return replace(plan, info=(*plan.info, ("BagIt-Profile-Identifier", "https://archive.example/profile.json")))


@pytest.mark.parametrize(
    ("asks", "lacks"),
    [
        ({}, []),
        ({"Accept-BagIt-Version": ["0.97"]}, ["BagIt 1.0 is not accepted"]),
        (
            {"Serialization": "required", "Accept-Serialization": ["application/tar"]},
            ["the bag is to come as one file"],
        ),
        ({"Serialization": "forbidden"}, []),
        ({"Manifests-Required": ["md5"]}, ["there is no manifest-md5.txt"]),
        ({"Manifests-Allowed": ["sha256"]}, ["manifest-sha512.txt is not allowed"]),
        ({"Tag-Manifests-Required": ["sha1"]}, ["there is no tagmanifest-sha1.txt"]),
        ({"Tag-Manifests-Allowed": ["md5"]}, ["tagmanifest-sha512.txt is not allowed"]),
        ({"Allow-Fetch.txt": False}, []),
        ({"Fetch.txt-Required": "true"}, ["there is no fetch.txt"]),
        ({"Data-Empty": True}, ["data/ is to be empty"]),
        ({"Tag-Files-Required": ["metadata/prov.json"]}, []),
        ({"Tag-Files-Required": ["DPN/dpnRegistry"]}, ["there is no DPN/dpnRegistry"]),
        ({"Tag-Files-Allowed": []}, ["metadata/prov.json is not allowed"]),
        ({"Tag-Files-Allowed": ["*"]}, []),
        ({"Tag-Files-Allowed": ["meta*/p?ov.json"]}, []),
        ({"Payload-Files-Required": ["data/source/", "data/edition.toml"]}, []),
        ({"Payload-Files-Required": ["data/scans/"]}, ["there is no data/scans/"]),
        ({"Payload-Files-Allowed": ["data/source/"]}, ["data/edition.toml is not allowed"]),
        ({"Bag-Info": {"Contact-Name": {"required": True}, "payload-oxum": {"required": True}}}, []),
        ({"Bag-Info": {"Contact-Phone": {"required": True}}}, ["bag-info.txt has no Contact-Phone"]),
        ({"Bag-Info": {"Contact-Phone": {"recommended": True}}}, ["bag-info.txt has no Contact-Phone"]),
        ({"Bag-Info": {"Contact-Name": {"values": ["Ёлкин"]}}}, []),
        ({"Bag-Info": {"Contact-Name": {"values": ["x"]}}}, ["Contact-Name is 'Ёлкин'"]),
        ({"Other-Info": {"APTrust-Info": {"Title": {"required": True}}}}, ["aptrust-info.txt has no Title"]),
    ],
)
def test_what_a_bag_lacks_is_found_before_and_after_it_is_written(
    held: BagPlan, tmp_path: Path, asks: dict[str, Any], lacks: list[str]
) -> None:
    wanted = profile(tmp_path, asks)
    planned = list(judge(wanted, of_plan(held, {}, "folder", PLACE)))
    assert said(planned) == lacks
    assert {found.location for found in planned} <= {PLACE}
    assert all(found.hint for found in planned)
    with stage(held, tmp_path / "bag") as staged:
        found = list(verify(staged.folder, Asked(profile=wanted)))
    assert said(found) == lacks
    assert all(each.hint for each in found)


def test_a_field_that_stands_twice(held: BagPlan, tmp_path: Path) -> None:
    twice = replace(held, info=(*held.info, ("Contact-Name", "Другой")))
    once = profile(tmp_path, {"Bag-Info": {"Contact-Name": {"repeatable": False}}})
    assert said(judge(once, of_plan(twice, {}, "folder", PLACE))) == ["Contact-Name stands twice"]


@pytest.mark.parametrize("name", ["tar", "tar.gz", "zip"])
def test_the_form_is_that_of_the_archive(held: BagPlan, tmp_path: Path, name: str) -> None:
    tar = profile(tmp_path, {"Serialization": "required", "Accept-Serialization": ["application/x-tar"]})
    with stage(held, tmp_path / "bag") as staged, serialise(staged, name) as made:
        assert said(verify(made.file, Asked(profile=tar))) == ([] if name == "tar" else [f"{name} is not accepted"])
        none = profile(tmp_path, {"Serialization": "forbidden"})
        assert said(verify(made.file, Asked(profile=none))) == ["the bag is to come as a folder"]


def test_a_bag_that_names_another_profile(plan: BagPlan, tmp_path: Path) -> None:
    none = [*judge(profile(tmp_path, {}), of_plan(plan, {}, "folder", PLACE))]
    assert said(none) == ["BagIt-Profile-Identifier is not https://archive.example/profile.json"]


def test_a_bag_for_aptrust(plan: BagPlan, tmp_path: Path) -> None:
    aptrust = load_profile("aptrust")
    fields = (("Title", "Record"), ("Access", "Consortia"), ("Storage-Option", "Standard"))
    ready = replace(
        plan,
        info=(*plan.info, ("BagIt-Profile-Identifier", aptrust.identifier)),
        tag_files=(("aptrust-info.txt", "".join(f"{label}: {value}\n" for label, value in fields).encode()),),
        algorithms=aptrust.algorithms(("sha512",)),
    )
    assert ready.algorithms == ("md5", "sha256")
    assert said(judge(aptrust, of_plan(ready, {"aptrust-info.txt": fields}, "tar", PLACE))) == []
    with stage(ready, tmp_path / "bag") as staged, serialise(staged, "tar") as made:
        assert list(verify(made.file, Asked(profile=aptrust))) == []
    hints = [found.hint for found in judge(aptrust, of_plan(plan, {}, "tar", PLACE))]
    assert """under [bag.tags.'aptrust-info.txt'] write Title = "…\"""" in hints


def test_algorithms_follow_the_profile(tmp_path: Path) -> None:
    assert profile(tmp_path, {}).algorithms(("sha512",)) == ("sha512",)
    assert profile(tmp_path, {"Manifests-Required": ["md5"]}).algorithms(("sha512",)) == ("sha512", "md5")
    assert profile(tmp_path, {"Manifests-Allowed": ["md5", "sha1"]}).algorithms(("sha512",)) == ()


@pytest.mark.parametrize("name", KNOWN)
def test_known_profiles_can_be_read_wherever_one_is(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_profile(name).identifier.startswith("https://")


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "[]",
        "{",
        "[" * 100_000,
        '{"BagIt-Profile-Info": {}}',
        json.dumps(BASE | {"Accept-BagIt-Version": []}),
        json.dumps(BASE | {"Serialization": "maybe"}),
        json.dumps(BASE | {"Manifests-Required": "md5"}),
        json.dumps(BASE | {"Manifests-Required": ["md5"], "Manifests-Allowed": ["sha1"]}),
        json.dumps(BASE | {"Bag-Info": {"Contact-Name": True}}),
        json.dumps(BASE | {"Bag-Info": {"Contact-Name": {"required": "yes"}}}),
        json.dumps(BASE | {"Allow-Fetch.txt": 1.5}),
        json.dumps(BASE | {"Other-Info": [[]]}),
    ],
)
def test_what_is_no_profile(wrong: str, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(wrong, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"^p\.json ") as raised:
        load_profile("p.json", tmp_path)
    assert raised.value.advice


@pytest.mark.parametrize("name", ["https://a.example/profile.json", "http://a.example/profile"])
def test_an_address_is_not_fetched(name: str) -> None:
    with pytest.raises(ConfigError, match="an address, and nothing is fetched"):
        load_profile(name)


@pytest.mark.parametrize("name", ["missing.json", "aptrust-9", "folder.json", "\0.json"])
def test_profiles_that_are_not_there(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(ConfigError) as raised:
        load_profile(name, tmp_path)
    assert raised.value.advice


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=4), st.sampled_from(["md5", "*", "true", "1.0"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["required", "values", "Title", "Contact-Name", "x"]), inner, max_size=3),
    ),
    max_leaves=8,
)
KEYS = ["Bag-Info", "Other-Info", "Serialization", "Manifests-Allowed", "Tag-Files-Allowed", "Payload-Files-Required"]


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*KEYS, "Accept-BagIt-Version", "Data-Empty"]), JSON))
def test_no_profile_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, asks: dict[str, Any]) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    try:
        wanted = profile(folder, asks)
    except ConfigError as error:
        assert error.message.startswith("p.json ")  # noqa: PT017 - it may be a profile as well
        return
    (folder / "bagit.txt").write_bytes(b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    assert list(verify(folder, Asked(profile=wanted)))
