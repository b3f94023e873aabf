"""edition.toml: what it gives, and every way in which it can be wrong, each with its line."""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from edition import making, pipeline
from edition.config import CONFIG_NAME, Config, LineRange, SchemaUse, Witness, load
from edition.diagnostics import Location, Severity
from edition.errors import ConfigError, EditionError

WHOLE = """\
[edition]
name = "talk"
title = "A talk"
version = "1.0.0"
licence = "CC-BY-4.0"
citation = "CITATION.cff"

[texts]
original = "source/ru.xml"
translation = "./source//en.xml"
persons = "source/persons.xml"

[[schema]]
path = "schemas/a.xsd"

[[schema]]
path = "schemas/b.rng"
schematron = true
phase = "full"

[check]
fail-on = "warning"
select = ["TRN", "ATT"]

[print]
page = "A5"
notes = ["textual"]
stylesheets = ["styles/own.css"]

[[witness]]
path = "source/witness/talk.txt"
sha256 = "0DFA5C3DAC5EBA37BA59876D0DA698A0BB930F58C3ED47619100870C14127F6B"
markup = "markdown"
original = ["1-10", "15"]
translation = "20-30"

[[witness.set-aside]]
lines = "11-14"
reason = "contents"

[[witness]]
path = "source/witness/other.txt"

[bag]
algorithms = ["sha512", "sha256"]

[bag.info]
Source-Organization = "an archive"
"Contact-Name" = "A. B."
"""
MINIMAL = '[texts]\noriginal = "a.xml"\n'


def written(folder: Path, text: str | bytes) -> Path:
    data = text.encode() if isinstance(text, str) else text
    (folder / CONFIG_NAME).write_bytes(data)
    return folder


def test_a_whole_file(tmp_path: Path) -> None:
    config = load(written(tmp_path, WHOLE))
    assert config.sources == ("source/ru.xml", "source/en.xml", "source/persons.xml")
    assert config.schemas == (SchemaUse("schemas/a.xsd"), SchemaUse("schemas/b.rng", embedded=True, phase="full"))
    assert (config.name, config.title, config.version, config.licence) == ("talk", "A talk", "1.0.0", "CC-BY-4.0")
    assert config.fail_on is Severity.WARNING
    assert config.selection.select == ("TRN", "ATT")
    first, second = config.witnesses
    assert first.sha256 == "0dfa5c3dac5eba37ba59876d0da698a0bb930f58c3ed47619100870c14127f6b"
    assert first.original == (LineRange(1, 10), LineRange(15, 15))
    assert first.set_aside[0].lines == LineRange(11, 14)
    assert second == Witness(second.path, sha256="", markup="plain", original=(), translation=(), set_aside=())
    assert config.bag.info == (("Source-Organization", "an archive"), ("Contact-Name", "A. B."))


def test_files_are_all_that_make_the_edition_each_once(tmp_path: Path) -> None:
    assert load(written(tmp_path, WHOLE)).files == (
        "edition.toml",
        "CITATION.cff",
        "source/ru.xml",
        "source/en.xml",
        "source/persons.xml",
        "schemas/a.xsd",
        "schemas/b.rng",
        "source/witness/talk.txt",
        "source/witness/other.txt",
        "styles/own.css",
    )


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("", ("textual", "commentary")),
        ('notes = "all"', ("textual", "commentary")),
        ('notes = "none"', ()),
        ("notes = []", ()),
        ('notes = "commentary"', ("commentary",)),
        ('notes = ["commentary", "textual"]', ("textual", "commentary")),
    ],
)
def test_notes_to_print_are_named_one_by_one_or_together(
    tmp_path: Path, setting: str, expected: tuple[str, ...]
) -> None:
    assert load(written(tmp_path, f"{MINIMAL}[print]\n{setting}\n")).printing.notes == expected


@pytest.mark.parametrize("setting", ['profile = "https://a.example/p.json"', 'profile = "file:///etc/p.json"'])
def test_an_address_is_no_path(tmp_path: Path, setting: str) -> None:
    line = f"{MINIMAL}[bag]\n{setting}\n".count("\n")
    with pytest.raises(ConfigError, match=rf"edition.toml:{line}: bag.profile is the address .*nothing is fetched"):
        load(written(tmp_path, f"{MINIMAL}[bag]\n{setting}\n"))


def test_places_are_the_lines_of_keys(tmp_path: Path) -> None:
    config = load(written(tmp_path, WHOLE))
    lines = WHOLE.splitlines()
    for key, line in {
        "edition.title": 'title = "A talk"',
        "edition.version": 'version = "1.0.0"',
        "texts": "[texts]",
        "schema.path": 'path = "schemas/a.xsd"',
        "witness.set-aside.reason": 'reason = "contents"',
        "bag.info.Contact-Name": '"Contact-Name" = "A. B."',
    }.items():
        assert config.place(key) == Location(CONFIG_NAME, lines.index(line) + 1)
    assert config.place("edition.none") == Location(CONFIG_NAME)


@pytest.mark.parametrize("text", [MINIMAL, "\ufeff" + MINIMAL, MINIMAL.replace("\n", "\r\n")])
def test_a_minimal_file_has_defaults(tmp_path: Path, text: str) -> None:
    config = load(written(tmp_path, text))
    expected = Config(root=tmp_path, original="a.xml")
    assert {field.name: getattr(config, field.name) for field in dataclasses.fields(config) if field.compare} == {
        field.name: getattr(expected, field.name) for field in dataclasses.fields(expected) if field.compare
    }
    assert config.place("texts.original").line == 2


def wrong(folder: Path, text: str | bytes) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load(written(folder, text))
    assert caught.value.exit_code == 2
    assert caught.value.advice
    return caught.value


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        (MINIMAL + '[edition]\ntitel = "x"\n', ":4: unknown key 'titel' in [edition]", "did you mean 'title'?"),
        (
            MINIMAL + '[print]\nnotes = "jokes"\n',
            ":4: print.notes is 'jokes'",
            "it is one of: all, none, textual, commentary",
        ),
        (
            MINIMAL + '[print]\nnotes = ["textual", 3]\n',
            ":4: print.notes is ['textual', 3]",
            "it is one of: all, none",
        ),
        (MINIMAL + "[print]\nnotes = 3\n", ":4: print.notes is 3", "it must be one of these"),
        (MINIMAL + '[print]\nlayout = "table"\n', ":4: print.layout is 'table'", "facing, columns, sequence"),
        (MINIMAL + '[print]\nfonts = "PT Serif"\n', ":4: print.fonts is 'PT Serif'", "it must be a list of texts"),
        (MINIMAL + '[print]\nfonts = ["../x.ttf"]\n', ":4: print.fonts is '../x.ttf'", "a file inside the edition"),
        (MINIMAL + "[priint]\n", ":3: unknown key 'priint' at the top", "did you mean 'print'?"),
        (MINIMAL + "[zzz]\n", ":3: unknown key 'zzz' at the top", "known there: edition, texts"),
        (
            MINIMAL + '[[schema]]\npath="a.rng"\nphase="b"\n',
            ":5: unknown key 'phase' in [schema]",
            "",
        ),
        (
            MINIMAL + '[[schema]]\npath="a"\n[[schema]]\npath="b"\nfile="c"\n',
            ":7: unknown key 'file' in [schema]",
            "",
        ),
        ("texts = { original = 'a', orginal = 'b' }\n", ":1: unknown key 'orginal' in [texts]", "'original'"),
        (MINIMAL + "[edition]\ntitle = 3\n", ":4: edition.title is 3", "a text in quotes"),
        (MINIMAL + "[edition]\nversion = 1.0\n", ":4: edition.version is 1.0", "a text in quotes"),
        ("texts = 3\n", ":1: texts is 3", "[texts]"),
        (MINIMAL + "[schema]\npath = 'a'\n", ":3: schema is a table", "[[schema]]"),
        (MINIMAL + "schema = [3]\n", ":3: unknown key 'schema' in [texts]", ""),
        ("schema = [3]\n" + MINIMAL, ":1: schema is not a list of tables", "[[schema]]"),
        (MINIMAL + "[check]\nselect = [1]\n", ":4: check.select is not a list of texts", "select = ["),
        (MINIMAL + "[check]\nfail-on = 'never'\n", ":4: check.fail-on is 'never'", "error, warning, note"),
        (MINIMAL + "[edition]\nname = 'a/b'\n", ":4: edition.name is 'a/b'", "names files"),
        (MINIMAL + "[bag.info]\nContact-Name = ['a']\n", ":4: bag.info.Contact-Name is a list", "a text in quotes"),
        (MINIMAL + "[edition]\nversion = 2026-11-25\n", ":4: edition.version is a date or time", "a text in quotes"),
        (MINIMAL + "[edition]\ntitle = true\n", ":4: edition.title is true", "a text in quotes"),
        ('[texts]\noriginal = ["a.xml"]\n', ":2: texts.original is a list", "a path in quotes"),
        ("[texts]\n\noriginal = '../a.xml'\n", ":3: texts.original is '../a.xml'", "inside the edition"),
        ("[texts]\noriginal = '/etc/passwd'\n", ":2: texts.original is '/etc/passwd'", "inside the edition"),
        ("[texts]\noriginal = 'C:\\a.xml'\n", ":2: texts.original is", "forward slashes"),
        ("[texts]\noriginal = 'a\\b.xml'\n", ":2: texts.original is", "forward slashes"),
        ('[texts]\noriginal = "a\\u0000.xml"\n', ":2: texts.original holds a control character", "take it out"),
        ('[texts]\noriginal = "a\\n.xml"\n', ":2: texts.original is", "forward slashes"),
        ("[texts]\noriginal = ''\n", ":2: texts.original is empty", "write a value"),
        ("[texts]\n", ":1: [texts] has no 'original'", "add original"),
        ("# nothing\n[edition]\n", ":1: edition.toml has no 'texts'", "[texts]"),
        ("", ":1: edition.toml has no 'texts'", "[texts]"),
        (MINIMAL + "[[witness]]\npath = 'w'\noriginal = '9-3'\n", ":5: witness.original is '9-3'", "29-213"),
        (MINIMAL + "[[witness]]\npath = 'w'\noriginal = ['0']\n", ":5: witness.original is '0'", "29-213"),
        (MINIMAL + "[[witness]]\n", ":3: [witness] has no 'path'", "add path"),
        (MINIMAL + "[[witness]]\npath = 'w'\nmarkup = 'html'\n", ":5: witness.markup is 'html'", "plain, markdown"),
        (MINIMAL + "[[witness]]\npath = 'w'\nsha256 = 'abc'\n", ":5: witness.sha256 is 'abc'", "64 digits"),
        (
            MINIMAL + "[[witness]]\npath='w'\n[[witness.set-aside]]\nlines=[]\nreason='r'\n",
            ":6: witness.set-aside.lines is empty",
            "1-28",
        ),
        (
            MINIMAL + "[[witness]]\npath='w'\n[[witness]]\npath='v'\n[[witness.set-aside]]\nlines='1'\n",
            ":7: [witness.set-aside] has no 'reason'",
            "add reason",
        ),
        (MINIMAL + "[edition\n", ":3:9: not TOML: Expected ']'", "toml.io"),
        (MINIMAL + "[texts]\n", ":3:7: not TOML: Cannot declare", "toml.io"),
        ("[texts]\noriginal = 'a", ': not TOML: Expected "\'"', "toml.io"),
        (MINIMAL + "n = " + "9" * 5000, ": not TOML", "toml.io"),
        (MINIMAL + "n = " + "[" * 5000, ": lists or tables are nested too deep", "flatten"),
        ("# Беседа\n".encode("cp1251") + MINIMAL.encode(), ":1: not in UTF-8", "save it as UTF-8"),
        (MINIMAL.encode() + 'title = "Беседа"'.encode("koi8-r"), ":3: not in UTF-8", "save it as UTF-8"),
        (MINIMAL.encode("utf-16"), ":1: not in UTF-8", "save it as UTF-8"),
        (b"#" * (1024 * 1024 + 1), ": larger than 1024 KiB", "files of their own"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str | bytes, message: str, advice: str) -> None:
    error = wrong(tmp_path, text)
    assert error.message.startswith(f"{tmp_path / CONFIG_NAME}{message}")
    assert advice in error.advice


def test_a_link_out_of_the_edition_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.xml").write_text("<secret/>")
    (inside / "a.xml").symlink_to(tmp_path / "secret.xml")
    assert "texts.original is 'a.xml'" in wrong(inside, MINIMAL).message
    (inside / "a.xml").unlink()
    (inside / "b.xml").write_text("<a/>")
    (inside / "a.xml").symlink_to("b.xml")
    assert load(inside).original == "a.xml"


def test_a_long_value_is_cut(tmp_path: Path) -> None:
    assert len(wrong(tmp_path, MINIMAL + f"[edition]\nname = '{'x' * 10_000}'").message) < 300


def test_no_folder_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        load(tmp_path / "none")
    with pytest.raises(ConfigError, match=r"there is no edition\.toml here"):
        load(tmp_path)
    (tmp_path / CONFIG_NAME).mkdir()
    with pytest.raises(ConfigError, match=r"there is no edition\.toml here"):
        load(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    written(tmp_path, MINIMAL)
    (tmp_path / CONFIG_NAME).chmod(0)
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


def test_a_very_long_file_is_read_in_linear_time(tmp_path: Path) -> None:
    started = time.process_time()
    load(written(tmp_path, MINIMAL + "[[schema]]\npath='a'\n" * 20_000 + "[bag.info]\n"))
    assert time.process_time() - started < 20


FILES = """\
[edition]
citation = "CITATION.cff"
[texts]
original = "a.xml"
translation = "./texts/b.xml"
[[schema]]
path = "s.xsd"
[[schema]]
path = "t.xsd"
[[witness]]
path = "w.txt"
[print]
stylesheets = ["own.css"]
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("CITATION.cff", "2: edition.citation"),
        ("a.xml", "4: texts.original"),
        ("texts/b.xml", "5: texts.translation"),
        ("s.xsd", "7: schema.path"),
        ("t.xsd", "9: schema.path"),
        ("w.txt", "11: witness.path"),
        ("own.css", "13: print.stylesheets"),
    ],
)
def test_a_file_that_is_not_there_is_told_of_where_it_is_named(tmp_path: Path, path: str, place: str) -> None:
    config = load(written(tmp_path, FILES))
    (tmp_path / "texts").mkdir()
    others = [name for name in config.files if name != path]
    for name in others:
        (tmp_path / name).touch()
    config.refuse_missing(others)
    with pytest.raises(EditionError) as raised:
        config.refuse_missing(config.files)
    assert raised.value.message == f"{tmp_path / CONFIG_NAME}:{place} names {path}, and there is no such file"
    assert raised.value.exit_code == 3


@pytest.mark.parametrize("door", [pipeline.check, making.pdf])
def test_checking_and_making_begin_with_the_files_that_are_named(
    tmp_path: Path, door: Callable[[Config], object]
) -> None:
    config = load(written(tmp_path, MINIMAL + "[[schema]]\npath = 's.xsd'\n"))
    with pytest.raises(EditionError, match=r"edition\.toml:\d: texts\.original names .*, and there is no such file"):
        door(config)


@pytest.mark.parametrize("role", ["translation", "persons"])
def test_one_file_is_not_two_texts(tmp_path: Path, role: str) -> None:
    (tmp_path / "edition.toml").write_text(
        f'[texts]\noriginal = "a.xml"\n{role} = "./a.xml"\n[[schema]]\npath = "s.xsd"\n', encoding="utf-8"
    )
    with pytest.raises(ConfigError, match=rf"edition\.toml:3: texts\.{role}"):
        load(tmp_path)
