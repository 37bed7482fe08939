"""Packages for learning platforms: valid by the schemas, every file listed and there, every question markable."""

import io
import threading
import zipfile
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

import pytest
from lxml import etree  # type: ignore[import-untyped]  # ships no types

from course.exports.archive import Entry, Stopped, write_archive
from course.exports.cartridge import cartridge_entries
from course.exports.scorm import MASTERY, scorm_entries
from course.models.outline import Course
from course.models.rendering import Film
from tests.fixtures.courses import cells_course

_CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
_ADL = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
_CC = "{http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1}"
_QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
_FILM = Film(
    video="films/v", video_generation=1, captions="films/c", poster="films/p", duration_seconds=9, size_bytes=5, cues=[]
)


@pytest.fixture
def course() -> Course:
    """Two modules of two lessons each; titles hold signs that mean something in XML."""
    return cells_course()


def _files(entries: Sequence[Entry]) -> dict[str, bytes]:
    return {entry.path: entry.content or b"object" for entry in entries}


def _manifest(entries: Sequence[Entry]) -> Any:
    assert entries[0].path == "imsmanifest.xml"
    return etree.fromstring(entries[0].content)


def _films(course: Course) -> dict[Any, Film]:
    """Only the first lesson has one."""
    return {course.lessons[0].id: _FILM}


def test_a_scorm_manifest_is_valid_by_its_schemas(course: Course) -> None:
    """ADL's and IMS's own schemas, which the package carries, accept the manifest."""
    both = "".join(
        f'<xsd:import namespace="{space}" schemaLocation="{file}"/>'
        for space, file in (
            ("http://www.imsproject.org/xsd/imscp_rootv1p1p2", "imscp_rootv1p1p2.xsd"),
            ("http://www.adlnet.org/xsd/adlcp_rootv1p2", "adlcp_rootv1p2.xsd"),
        )
    )
    text = f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">{both}</xsd:schema>'
    folder = resources.files("course.exports").joinpath("scorm12")
    schema = etree.XMLSchema(etree.fromstring(text, etree.XMLParser(no_network=True), base_url=f"{folder}/both.xsd"))
    schema.assertValid(_manifest(scorm_entries(course, _films(course))))


@pytest.mark.parametrize("make", [scorm_entries, cartridge_entries])
def test_every_file_is_listed_once_and_there(course: Course, make: Any) -> None:
    """The manifest names each file of the package and no other, and every item and dependency finds its resource."""
    entries = make(course, _films(course))
    manifest, files = _manifest(entries), _files(entries)
    listed = [one.get("href") for one in manifest.iter("{*}file")]
    schemas = {path for path in files if path.endswith(".xsd")}
    assert len(listed) == len(set(listed))
    assert set(listed) == set(files) - schemas - {"imsmanifest.xml"}
    names = [one.get("identifier") for one in manifest.iter() if one.get("identifier")]
    assert len(names) == len(set(names))
    resources_there = {one.get("identifier") for one in manifest.iter("{*}resource")}
    wanted = {one.get("identifierref") for one in manifest.iter() if one.get("identifierref")}
    assert wanted <= resources_there
    assert {one.get("href") for one in manifest.iter("{*}resource") if one.get("href")} <= set(files)


def test_each_lesson_is_a_sco(course: Course) -> None:
    """In the order of the course, below its module; a lesson with questions says what passes it."""
    manifest = _manifest(scorm_entries(course, {}))
    modules = manifest.findall(f"{_CP}organizations/{_CP}organization/{_CP}item")
    assert [one.findtext(f"{_CP}title") for one in modules] == [module.title for module in course.modules]
    items = [item for module in modules for item in module.findall(f"{_CP}item")]
    assert [one.findtext(f"{_CP}title") for one in items] == [f"{one.number} {one.title}" for one in course.lessons]
    assert [one.findtext(f"{_ADL}masteryscore") for one in items] == [
        str(MASTERY) if lesson.quiz else None for lesson in course.lessons
    ]
    scos = [one for one in manifest.iter(f"{_CP}resource") if one.get(f"{_ADL}scormtype") == "sco"]
    assert len(scos) == len(course.lessons)


@pytest.mark.parametrize("make", [scorm_entries, cartridge_entries])
def test_pages_refer_to_what_is_there(course: Course, make: Any) -> None:
    """Every script, style, film, caption and picture a page names stands in the package; every page is well formed."""
    files = _files(make(course, _films(course)))
    pages = {path: content for path, content in files.items() if path.endswith(".html")}
    assert len(pages) == len(course.lessons)
    films = 0
    for path, content in pages.items():
        page = etree.fromstring(content, etree.HTMLParser())
        for one in page.iter():
            for name in ("src", "poster", "href"):
                if isinstance(one.tag, str) and (target := one.get(name)):
                    assert _resolved(path, target) in files
        films += len(page.findall(".//video"))
        assert page.findtext(".//h1")
    assert films == 1


def test_a_cartridge_says_what_it_is(course: Course) -> None:
    """Version 1.3, one rooted tree, folders without content, leaves with it, quizzes as assessments."""
    manifest = _manifest(cartridge_entries(course, {}))
    assert manifest.findtext(f"{_CC}metadata/{_CC}schema") == "IMS Common Cartridge"
    assert manifest.findtext(f"{_CC}metadata/{_CC}schemaversion") == "1.3.0"
    organizations = manifest.findall(f"{_CC}organizations/{_CC}organization")
    assert [one.get("structure") for one in organizations] == ["rooted-hierarchy"]
    (root,) = organizations[0].findall(f"{_CC}item")
    assert root.find(f"{_CC}title") is None
    for item in root.iter(f"{_CC}item"):
        assert (item.get("identifierref") is None) == (item.find(f"{_CC}item") is not None)
    kinds = [one.get("type") for one in manifest.iter(f"{_CC}resource")]
    quizzes = sum(bool(lesson.quiz) for lesson in course.lessons)
    assert kinds.count("imsqti_xmlv1p2/imscc_xmlv1p3/assessment") == quizzes
    assert set(kinds) == {"webcontent", "imsqti_xmlv1p2/imscc_xmlv1p3/assessment"}


def test_questions_are_marked_by_the_right_choice(course: Course) -> None:
    """Each item has its choices in order, one of them scores 100, and the explanation is told whatever was chosen."""
    files = _files(cartridge_entries(course, {}))
    for lesson in course.lessons:
        if not lesson.quiz:
            continue
        quiz = etree.fromstring(files[f"quizzes/{lesson.number}/assessment.xml"])
        profile = [one.text for one in quiz.find(f"{_QTI}assessment/{_QTI}qtimetadata").iter(f"{_QTI}fieldentry")]
        assert profile[:3] == ["cc.exam.v0p1", "Examination", "Percentage"]
        for item, expected in zip(_items(quiz), lesson.quiz, strict=True):
            labels = list(item.iter(f"{_QTI}response_label"))
            assert [one.findtext(f".//{_QTI}mattext") for one in labels] == expected.choices
            (condition,) = [one for one in item.iter(f"{_QTI}respcondition") if one.find(f"{_QTI}setvar") is not None]
            right = condition.findtext(f"{_QTI}conditionvar/{_QTI}varequal")
            assert [one.get("ident") for one in labels].index(right) == expected.answer
            assert condition.findtext(f"{_QTI}setvar") == "100"
            told = item.findtext(f"{_QTI}itemfeedback//{_QTI}mattext")
            assert (told or "") == expected.explanation


def test_an_archive_ends_when_it_is_stopped() -> None:
    """In the middle of a long film too."""
    stop = threading.Event()

    class Endless(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            stop.set()
            return b"x" * 100

    entries = [Entry("film.mp4", object_name="v", size=200)]
    with pytest.raises(Stopped):
        write_archive(io.BytesIO(), entries, lambda _: Endless(), stop, lambda _: None)


def test_an_archive_can_be_read_from_front_to_back(course: Course) -> None:
    """It is written without seeking, and holds what was given."""

    class OneWay(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

    out = OneWay()
    entries = scorm_entries(course, _films(course))
    shares: list[float] = []
    write_archive(out, entries, lambda _: io.BytesIO(b"film!"), threading.Event(), shares.append)
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [entry.path for entry in entries]
        assert archive.read("lessons/1.1/video.mp4") == b"film!"
    assert shares == sorted(shares)


def _items(quiz: Any) -> Iterator[Any]:
    return iter(quiz.iter(f"{_QTI}item"))


def _resolved(page: str, target: str) -> str:
    parts: list[str] = []
    for part in (PurePosixPath(page).parent / target).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)
