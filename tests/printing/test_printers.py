"""The file for a printer, read again by pikepdf."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageCms

from edition import making
from edition.config import Config, load
from edition.errors import ConfigError
from edition.printing import Rendering
from edition.printing.printers import look_over_for_printers
from edition.printing.profiles import GENERAL, Profile, profile_of, understood
from tests.printing.printed import codes, press_profile, printed, sample, with_print


def for_a_press(folder: Path, style: str = "") -> Config:
    config = with_print(sample(folder), press_profile="press.icc", stylesheets=("own.css",))
    (folder / "press.icc").write_bytes(press_profile())
    (folder / "own.css").write_text(style, "utf-8")
    return config


def test_the_profile_of_the_tests_is_one() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(press_profile()))
    assert profile.profile.xcolor_space == "CMYK"
    assert profile.profile.profile_description == "Test press"


@pytest.fixture(scope="module")
def rendering(tmp_path_factory: pytest.TempPathFactory) -> Rendering:
    return printed(for_a_press(tmp_path_factory.mktemp("press")))


@pytest.fixture
def sound(rendering: Rendering) -> bytes:
    assert rendering.printers is not None
    return rendering.printers


def test_an_edition_with_a_press_gets_a_file_for_it(rendering: Rendering) -> None:
    assert codes(rendering) == []
    assert rendering.printers is not None
    with pikepdf.open(io.BytesIO(rendering.printers)) as pdf:
        root: Any = pdf.Root
        (intent,) = root.OutputIntents
        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "Test press")
        assert intent.DestOutputProfile.read_bytes() == press_profile()
        assert pdf.pdf_version == "1.6"
        assert len(pdf.pages) == rendering.pages
        for page in pdf.pages:
            media, bleed, trim = (
                [float(each) for each in page.obj[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox")
            )
            assert [round((trim[at] - bleed[at]) / 72 * 25.4, 1) for at in range(4)] == [3, 3, -3, -3]
            assert [round((trim[at] - media[at]) / 72 * 25.4, 1) for at in range(4)] == [10, 10, -10, -10]
            assert "/Annots" not in page.obj
        operators = {
            (str(each.operator), *map(float, each.operands))
            for page in pdf.pages
            for each in pikepdf.parse_content_stream(page)
            if str(each.operator) in ("rg", "RG", "g", "G", "k", "K")
        }
    assert operators == {("k", 0, 0, 0, 1), ("K", 0, 0, 0, 1)}


def test_marks_lie_outside_the_bleed(sound: bytes) -> None:
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        page = pdf.pages[0]
        left, low, right, high = (float(each) for each in page.obj.BleedBox)
        ends = [
            [float(each) for each in found.operands]
            for found in pikepdf.parse_content_stream(page)
            if str(found.operator) in ("m", "l")
        ][-16:]
    assert len(ends) == 16
    assert all(not (left <= x <= right and low <= y <= high) for x, y in ends)


def test_the_same_input_gives_the_same_file(rendering: Rendering, tmp_path: Path) -> None:
    assert printed(for_a_press(tmp_path)).printers == rendering.printers


def test_the_archival_file_is_the_same_with_it_and_without(rendering: Rendering, tmp_path: Path) -> None:
    assert printed(with_print(for_a_press(tmp_path), press_profile="")).pdf == rendering.pdf


def test_colours_of_styles_and_pictures_become_inks(tmp_path: Path) -> None:
    """Text, lines, pictures with and without transparency, gradients, patterns and groups."""
    config = for_a_press(tmp_path, COLOURS)
    picture = Image.new("RGB", (8, 8), (200, 30, 30))
    for name in ("photo.jpg", "scan.png"):
        picture.save(tmp_path / name)
    picture.putalpha(128)
    picture.save(tmp_path / "veil.png")
    Image.new("RGB", (8, 8), (90, 90, 90)).save(tmp_path / "grey.png")
    (tmp_path / "drawing.svg").write_text(DRAWING, "utf-8")
    rendering = printed(config)
    assert "PDF501" not in codes(rendering)
    with pikepdf.open(io.BytesIO(rendering.printers or b"")) as pdf:
        spaces = set(used_spaces(pdf))
        operators = {name for page in pdf.pages for name in painted(page.obj)}
    assert spaces == {"/DeviceCMYK", "/DeviceGray"}
    assert operators <= {"k", "K", "cs", "CS"}


COLOURS = """
.speaker { color: #b00; background: linear-gradient(red, blue) }
.row { border-left: 1pt solid rgb(10 120 40) }
.head::after { content: url(photo.jpg) url(scan.png) url(veil.png) url(grey.png) url(drawing.svg) }
"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><defs>
<pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="2" height="2" fill="green"/></pattern>
</defs><rect width="20" height="20" fill="url(#p)"/><circle cx="20" cy="20" r="9" fill="red" opacity=".4"/></svg>"""


def used_spaces(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The colour spaces of pictures, gradients and groups."""
    for thing in map(as_any, pdf.objects):
        if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
            if thing.get("/Subtype") == "/Image" or "/ShadingType" in thing:
                yield str(thing.ColorSpace)
            if "/Group" in thing:
                yield str(thing.Group.CS)


def painted(page: Any) -> Iterator[str]:
    """The operators of colour on a page, in its pictures and in its patterns."""
    for content in (page, *forms(page)):
        for each in pikepdf.parse_content_stream(content):
            if str(each.operator) in ("rg", "RG", "g", "G", "k", "K", "cs", "CS"):
                yield str(each.operator)


def forms(thing: Any) -> Iterator[Any]:
    for kind in ("/XObject", "/Pattern"):
        for each in thing.Resources.get(kind, {}).values():
            if "/Resources" in each:
                yield each
                yield from forms(each)


def as_any(thing: object) -> Any:
    return thing


def test_the_condition_of_the_press_is_named_as_it_is_registered(tmp_path: Path) -> None:
    config = for_a_press(tmp_path)
    (tmp_path / "press.icc").write_bytes(press_profile(b"Coated FOGRA39 (ISO 12647-2:2004)"))
    with pikepdf.open(io.BytesIO(printed(config).printers or b"")) as pdf:
        (intent,) = as_any(pdf.Root).OutputIntents
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert str(intent.RegistryName) == "http://www.color.org"
        assert str(intent.Info) == "Coated FOGRA39 (ISO 12647-2:2004)"


def test_a_colour_that_is_none_of_srgb_is_found(tmp_path: Path) -> None:
    assert "PDF501" in codes(printed(for_a_press(tmp_path, ".speaker { color: lab(40% 60 40) }")))


def broken(sound: bytes, change: Callable[[Any], object]) -> list[str]:
    """What is said of a file for printers after a change."""
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        change(pdf)
        changed = io.BytesIO()
        pdf.save(changed)
    return [found.message.removeprefix("PDF/X-4: ") for found in look_over_for_printers(changed.getvalue())]


@pytest.mark.parametrize(
    ("says", "code"),
    [
        ("OK -- all 1 file(s) passed: PDF/X-4, colour", ""),
        ("FAIL -- 1 of 1 file(s) failed: PDF/X-4, colour", "PDF501"),
        ("", "PDF402"),
    ],
)
def test_a_checker_on_the_path_is_asked(
    sound: bytes, says: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "proof-pdf"
    fake.write_text(f'#!/bin/sh\ntest "$1" = verify && echo "  print.pdf" && echo "{says}"\n', "utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert [found.rule.code for found in look_over_for_printers(sound)] == ([code] if code else [])


def contents(text: bytes) -> Callable[[Any], object]:
    def add(pdf: Any) -> None:
        content = pdf.pages[5].Contents
        content.write(content.read_bytes() + b"\n" + text)

    return add


def widen(pdf: Any) -> None:
    pdf.pages[0].TrimBox = pikepdf.Array([-9, 0, 400, 500])


def forget_the_trim(pdf: Any) -> None:
    del pdf.pages[0].TrimBox


def put_a_link(pdf: Any) -> None:
    pdf.pages[0].Annots = pikepdf.Array([])


def blend_on_a_screen(pdf: Any) -> None:
    pdf.pages[1].Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceRGB)


def take_the_fonts_out(pdf: Any) -> None:
    for thing in map(as_any, pdf.objects):
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
            for name in ("/FontFile2", "/FontFile3"):
                if name in thing:
                    del thing[name]


def spoil_the_profile(pdf: Any) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(b"no profile")


def name_no_press(pdf: Any) -> None:
    del pdf.Root.OutputIntents[0].OutputConditionIdentifier


def take_the_intent_out(pdf: Any) -> None:
    del pdf.Root.OutputIntents


def say_nothing_of_itself(pdf: Any) -> None:
    pdf.Root.Metadata.write(b"<x/>")


def say_nothing_of_trapping(pdf: Any) -> None:
    del pdf.docinfo["/Trapped"]


def act_when_opened(pdf: Any) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (contents(b"1 0 0 rg"), "page 6 has a colour of the screen (rg; 6.4)"),
        (contents(b"/lab-d50 cs"), "page 6 has a colour of the screen (lab-d50; 6.4)"),
        (widen, "page 1 has boxes that do not lie within each other (6.10)"),
        (forget_the_trim, "page 1 does not say where it is trimmed (6.10)"),
        (put_a_link, "page 1 has links (6.17)"),
        (blend_on_a_screen, "a group of transparent things blends in colours of the screen (6.4)"),
        (take_the_fonts_out, "is not in the file (6.3)"),
        (spoil_the_profile, "the profile of its output intent is not that of a CMYK press (6.2)"),
        (name_no_press, "its output intent does not name the press (6.2)"),
        (take_the_intent_out, "no output intent, or several (6.2)"),
        (say_nothing_of_itself, "the metadata do not say what it is (6.5)"),
        (say_nothing_of_trapping, "it does not say whether it is trapped (6.6)"),
        (act_when_opened, "it has forms, actions or files (6.17)"),
    ],
)
def test_what_is_no_pdf_x_is_found(change: Callable[[Any], object], said: str, sound: bytes) -> None:
    told = broken(sound, change)
    assert told
    assert all(said in each for each in told)


def test_an_unbroken_file_is_sound(sound: bytes) -> None:
    assert broken(sound, lambda _: None) == []


def test_what_is_no_profile_of_a_press_is_refused(tmp_path: Path) -> None:
    config = for_a_press(tmp_path)
    for content in (b"no profile", press_profile()[:-200], press_profile().replace(b"B2A0", b"B2Z0")):
        (tmp_path / "press.icc").write_bytes(content)
        with pytest.raises(ConfigError, match="no ICC profile of a CMYK press"):
            printed(config)


def test_the_general_profile_comes_with_a_package(tmp_path: Path) -> None:
    rendering = printed(with_print(sample(tmp_path), press_profile=GENERAL))
    assert codes(rendering) == []
    with pikepdf.open(io.BytesIO(rendering.printers or b"")) as pdf:
        (intent,) = as_any(pdf.Root).OutputIntents
        assert str(intent.OutputConditionIdentifier) == "Chemical proof"
        assert "/RegistryName" not in intent


def test_a_profile_that_is_not_here_is_told_and_all_else_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = sample(tmp_path)
    monkeypatch.setitem(sys.modules, "pyvips", None)
    for name in (GENERAL, "Press_that_there_is_not"):
        rendering = printed(with_print(config, press_profile=name))
        assert codes(rendering) == ["PDF502"]
        assert rendering.printers is None


def test_a_profile_of_the_machine_has_the_name_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "icc" / "vendor").mkdir(parents=True)
    (tmp_path / "icc" / "vendor" / "Coated.icm").write_bytes(press_profile())
    monkeypatch.setattr("edition.printing.profiles._FOLDERS", (tmp_path / "none", tmp_path / "icc"))
    config = with_print(Config(root=tmp_path, original="text.xml"), press_profile="Coated")
    assert profile_of(config) == Profile(press_profile(), "Test press")


@pytest.mark.parametrize(
    ("name", "target", "condition"),
    [
        (b"PSO Coated v3 (FOGRA51)", b"", "FOGRA51"),
        (b"FOGRA39L Coated", b"", "FOGRA39"),
        (b"SWOP (Coated), 20%, GCR/Heavy, CGATS TR 001", b"", "CGATS TR 001"),
        (b"GRACoL TR006 Coated", b"", "CGATS TR 006"),
        (b"A press of our own", b"ICCHDAT IFRA26\0", "IFRA26"),
        (b"A press of our own", b"CTI3\n", ""),
    ],
)
def test_conditions_are_told_from_profiles(name: bytes, target: bytes, condition: str) -> None:
    profile = understood(press_profile(name, target))
    assert profile is not None
    assert (profile.name, profile.condition) == (name.decode(), condition)


def with_a_schema(folder: Path) -> Config:
    """The edition of a case, without its fault."""
    shutil.copytree(Path(__file__).parents[1] / "cases" / "PDF501", folder, dirs_exist_ok=True)
    (folder / "own.css").write_text("", "utf-8")
    return load(folder)


def test_it_lies_beside_the_bag_and_not_in_it(tmp_path: Path) -> None:
    output = with_a_schema(tmp_path).output
    making.build(load(tmp_path))
    assert {file.name for file in output.rglob("*.pdf")} == {"edition.pdf", "edition-printers.pdf"}
    assert [file.parent for file in output.rglob("edition-printers.pdf")] == [output]
    assert (output / "edition-bag" / "data" / "press.icc").is_file()


def test_one_of_before_does_not_stay(tmp_path: Path) -> None:
    config = with_a_schema(tmp_path)
    making.pdf(config)
    assert (config.output / "edition-printers.pdf").is_file()
    making.pdf(with_print(config, press_profile=""))
    assert [file.name for file in config.output.iterdir()] == ["edition.pdf"]


def test_the_machine_leaves_no_trace_in_either_file(tmp_path: Path) -> None:
    """Another folder, time zone, language, mask and order of hashes: the same bytes."""
    program = """
import os, sys
from pathlib import Path
folder, umask, root = sys.argv[1:]
os.umask(int(umask, 8))
sys.path.insert(0, root)
from tests.printing.printed import printed
from tests.printing.test_printers import COLOURS, for_a_press
rendering = printed(for_a_press(Path(folder), COLOURS.replace("url", "x")))
sys.stdout.buffer.write(rendering.pdf + rendering.printers)
"""
    ways = (("here", "022", "UTC", "C", "1"), ("a folder/far away", "077", "Pacific/Apia", "ru_RU.UTF-8", "4711"))
    made = []
    for folder, umask, zone, language, seed in ways:
        run = [sys.executable, "-c", program, str(tmp_path / folder), umask, str(Path(__file__).parents[2])]
        (tmp_path / folder).mkdir(parents=True)
        known = {"TZ": zone, "LC_ALL": language, "LANG": language, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        made.append(subprocess.run(run, capture_output=True, check=True, env={**os.environ, **known}).stdout)
    assert made[0] == made[1]
    assert made[0].count(b"%PDF-") == 2


INKS = ((10, 200, 30, 40), (250, 0, 60, 90))  # of 255, which no profile makes of a colour of the screen


def of_inks(folder: Path) -> None:
    """Pictures of two fields, with these inks on the left and on the right: TIFF, JPEG of Adobe and other, turned."""
    picture = Image.new("CMYK", (32, 16), INKS[0])
    picture.paste(INKS[1], (16, 0, 32, 16))
    picture.save(folder / "one.tiff")
    picture.resize((40, 20)).save(folder / "two.jpg", quality=100, subsampling=0)
    Image.eval(picture.resize((64, 32)), lambda ink: 255 - ink).save(folder / "three.jpg", quality=100, subsampling=0)
    content = (folder / "three.jpg").read_bytes()
    at = content.index(b"\xff\xee")  # the mark of Adobe, whose files have 255 for no ink at all
    (folder / "three.jpg").write_bytes(
        content[:at] + content[at + 2 + int.from_bytes(content[at + 2 : at + 4], "big") :]
    )
    turned = Image.Exif()
    turned[0x0112] = 3  # upside down
    picture.resize((48, 24)).transpose(Image.Transpose.ROTATE_180).save(folder / "four.tiff", exif=turned)


def test_pictures_of_inks_come_to_the_press_as_they_are(tmp_path: Path) -> None:
    config = for_a_press(
        tmp_path, ".head::after { content: url(one.tiff) url(two.jpg) url(three.jpg) url(four.tiff) }"
    )
    of_inks(tmp_path)
    rendering = printed(config)
    assert codes(rendering) == []
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
        assert "/DeviceCMYK" not in set(used_spaces(pdf))
    found: dict[tuple[int, int], list[tuple[int, ...]]] = {}
    with pikepdf.open(io.BytesIO(rendering.printers or b"")) as pdf:
        for thing in map(as_any, pdf.objects):
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
                size = int(thing.Width), int(thing.Height)
                shown = Image.frombytes("CMYK", size, thing.read_bytes())
                found[size] = [shown.getpixel((x, size[1] // 2)) for x in (4, size[0] - 4)]  # type: ignore[misc]
    assert set(found) == {(32, 16), (40, 20), (64, 32), (48, 24)}
    for inks in found.values():
        for have, wanted in zip(inks, INKS, strict=True):
            assert all(abs(one - other) <= 3 for one, other in zip(have, wanted, strict=True))
    assert found[48, 24] == list(INKS)
