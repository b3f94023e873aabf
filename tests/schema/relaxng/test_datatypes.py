"""Datatypes: which values are of them, which values are the same, and which parameters there are."""

from __future__ import annotations

import time

import pytest

from edition.schema.relaxng.datatypes import XSD, Datatype, DatatypeError
from edition.schema.relaxng.moments import duration, moment

NONE: tuple[tuple[str, str], ...] = ()


def typed(name: str, **params: str) -> Datatype:
    return Datatype(XSD, name, tuple(params.items()))


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("boolean", ["true", "0", " 1 "], ["TRUE", "", "yes"]),
        ("decimal", ["1", "-1.50", "+.5", "1."], ["1e3", "INF", "1 000", "1,5", "", "."]),
        ("integer", ["+1", "-0", "007"], ["1.0", "", "1 2"]),
        ("byte", ["127", "-128"], ["128", "-129"]),
        ("unsignedLong", ["18446744073709551615"], ["18446744073709551616", "-1"]),
        ("negativeInteger", ["-1"], ["0", "1"]),
        ("positiveInteger", ["1"], ["0", "9" * 5000]),
        ("double", ["1e3", "-1.5E-2", "INF", "-INF", "NaN"], ["+INF", "inf", "1e", "0x1"]),
        ("date", ["2020-02-29", "-0001-02-29", "12020-01-01", "2020-01-01-05:30"], ["2019-02-29", "0000-01-01"]),
        ("date", ["2020-01-01Z"], ["2020-1-1", "1.1.2020", "02020-01-01", "2020-01-01+14:01", "2020-13-01"]),
        ("dateTime", ["2020-01-01T24:00:00", "2020-01-01T12:00:00.5Z"], ["2020-01-01T12:00", "2020-01-01T24:00:01"]),
        ("time", ["12:00:00", "12:00:00.123+01:00"], ["12:00", "25:00:00"]),
        ("gYear", ["2020", "-0044", "12020"], ["20", "0000"]),
        ("gYearMonth", ["2020-05"], ["2020-13", "2020-5"]),
        ("gMonthDay", ["--02-29"], ["--02-30", "02-29"]),
        ("gMonth", ["--05"], ["--05--", "5"]),
        ("gDay", ["---31"], ["---32"]),
        ("duration", ["P1Y", "-P1Y2M3DT4H5M6.7S", "PT0S"], ["P", "P1YT", "P1W", "1Y"]),
        ("language", ["en", "zh-Hans-CN", "x-klingon"], ["en_GB", "", "abcdefghi"]),
        ("NCName", ["a", "_1", "é", "а.б-в", "a·"], ["1a", "a:b", "-a", "·a", "a b", ""]),
        ("Name", [":a", "a:b"], ["1"]),
        ("NMTOKEN", ["1a", "-"], ["a b", ""]),
        ("NMTOKENS", ["1a  -"], [""]),
        ("IDREFS", ["a b"], ["", "a 1"]),
        ("hexBinary", ["0f", ""], ["0", "g0"]),
        ("base64Binary", ["QUI=", "QQ==", "T W F u", ""], ["QUJ", "QR==", "QUI"]),
        ("anyURI", ["#a", "http://x.y/?a=%20", "а б", ""], ["a#b#c", "%zz", "1x:y", ":a", "x:"]),
        ("token", ["", " a  b "], []),
    ],
)
def test_what_is_of_a_type(name: str, good: list[str], bad: list[str]) -> None:
    datatype = typed(name)
    assert [value for value in good if not datatype.allows(value, {})] == []
    assert [value for value in bad if datatype.allows(value, {})] == []


@pytest.mark.parametrize(
    ("datatype", "good", "bad"),
    [
        (typed("decimal", totalDigits="3", fractionDigits="1"), ["12.5", "0012.50"], ["1234", "1.25"]),
        (typed("decimal", minInclusive="0", maxExclusive="1"), ["0", "0.99"], ["-0.1", "1"]),
        (typed("double", maxInclusive="1"), ["1", "-INF"], ["1.5", "NaN"]),
        (typed("date", minInclusive="2000-01-01"), ["2000-01-01", "2000-01-02Z"], ["1999-12-31", "2000-01-01Z"]),
        (
            typed("dateTime", maxExclusive="2020-01-01T12:00:00Z"),
            ["2020-01-01T12:59:59+01:00"],
            ["2020-01-01T12:00:00Z"],
        ),
        (typed("duration", minExclusive="P1M"), ["P32D", "P2M"], ["P30D", "P31D", "P1M"]),
        (typed("gYear", minInclusive="-0001"), ["0001"], ["-0002"]),
        (typed("string", length="3"), [" a "], ["a"]),
        (typed("token", minLength="1", maxLength="2"), [" ab "], ["", "abc"]),
        (typed("NMTOKENS", length="2"), ["a b"], ["a"]),
        (typed("base64Binary", length="2"), ["QUI="], ["QQ=="]),
        (typed("token", pattern="[a-c]+"), ["abc", " a "], ["d", ""]),
        (Datatype(XSD, "token", (("pattern", "a."), ("pattern", ".b"))), ["ab"], ["ac", "bb"]),
    ],
)
def test_parameters(datatype: Datatype, good: list[str], bad: list[str]) -> None:
    assert [value for value in good if not datatype.allows(value, {})] == []
    assert [value for value in bad if datatype.allows(value, {})] == []


@pytest.mark.parametrize(
    ("library", "name", "params", "what"),
    [
        ("urn:x", "a", NONE, "no datatype library urn:x"),
        (XSD, "datum", NONE, "no type datum in XSD"),
        ("", "date", NONE, "no type date in RELAX NG itself"),
        ("", "token", (("length", "1"),), "has no parameters"),
        (XSD, "date", (("length", "1"),), "date has no parameter length"),
        (XSD, "date", (("minInclusive", "1.1.2020"),), "no date"),
        (XSD, "token", (("minInclusive", "a"),), "no parameter minInclusive"),
        (XSD, "token", (("length", "many"),), "a whole number"),
        (XSD, "token", (("whiteSpace", "collapse"),), "no parameter whiteSpace"),
        (XSD, "token", (("pattern", "a("),), "is none"),
    ],
)
def test_what_there_is_not(library: str, name: str, params: tuple[tuple[str, str], ...], what: str) -> None:
    with pytest.raises(DatatypeError, match=what):
        Datatype(library, name, params)


@pytest.mark.parametrize(
    ("datatype", "one", "other", "same"),
    [
        (typed("integer"), "01", "1", True),
        (typed("decimal"), "1.50", "1.5", True),
        (typed("token"), " 01", "1", False),
        (typed("token"), " a  b", "a b", True),
        (typed("string"), " a", "a", False),
        (typed("boolean"), "1", "true", True),
        (typed("boolean"), "0", "true", False),
        (typed("dateTime"), "2020-01-01T12:00:00Z", "2020-01-01T13:00:00+01:00", True),
        (typed("dateTime"), "2020-01-01T24:00:00Z", "2020-01-02T00:00:00Z", True),
        (typed("duration"), "P1Y", "P12M", True),
        (typed("duration"), "P1M", "P30D", False),
        (typed("hexBinary"), "0f", "0F", True),
        (typed("double"), "100", "1E2", True),
        (Datatype("", "token", ()), " a ", "a", True),
        (Datatype("", "string", ()), " a ", "a", False),
    ],
)
def test_what_is_the_same(datatype: Datatype, one: str, other: str, same: bool) -> None:
    assert datatype.same((one, {}), (other, {})) is same


def test_names_with_prefixes_are_compared_by_their_namespaces() -> None:
    qname = typed("QName")
    assert qname.same(("a:x", {"a": "urn:1"}), ("b:x", {"b": "urn:1"}))
    assert not qname.same(("a:x", {"a": "urn:2"}), ("b:x", {"b": "urn:1"}))
    assert qname.same(("x", {"": "urn:1"}), ("b:x", {"b": "urn:1"}))
    assert not qname.allows("c:x", {"a": "urn:1"})


def test_moments_compare_only_where_they_surely_do() -> None:
    local, zoned = moment("dateTime", "2020-01-01T12:00:00"), moment("dateTime", "2020-01-01T20:00:00Z")
    assert local is not None
    assert zoned is not None
    assert not local.before(zoned)
    assert not zoned.before(local)
    month, days = duration("P1M"), duration("P30D")
    assert month is not None
    assert days is not None
    assert not month.before(days)
    assert not days.before(month)


@pytest.mark.parametrize(
    "name", ["decimal", "double", "date", "duration", "base64Binary", "language", "anyURI", "IDREFS"]
)
@pytest.mark.parametrize("part", ["1", "a", "A ", "-", "=", "P1", "a-", "%2"])
def test_long_values_take_no_time(name: str, part: str) -> None:
    before = time.process_time()
    typed(name).allows(part * 100_000, {})
    assert time.process_time() - before < 3
