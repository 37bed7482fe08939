"""A SCORM 1.2 package: one SCO for each lesson, with its film, captions, transcript and questions."""

from importlib import resources

from course.exports.archive import Entry
from course.exports.markup import escaped, lesson_page
from course.exports.packages import CurrentFilms, Resource, film_entries, identifier, shared, transcript
from course.models.outline import Course

MASTERY = 70
"""Per cent of right answers that pass a lesson; `player/lesson.js` says the same."""
_SCHEMAS = ("adlcp_rootv1p2.xsd", "ims_xml.xsd", "imscp_rootv1p1p2.xsd", "imsmd_rootv1p2p1.xsd")


def scorm_entries(course: Course, films: CurrentFilms) -> list[Entry]:
    """The files of the package, the manifest first."""
    entries: list[Entry] = []
    found: list[Resource] = []
    for module in course.modules:
        for lesson in module.lessons:
            folder, film = f"lessons/{lesson.number}", films.get(lesson.id)
            page = lesson_page(course, module, lesson, film=film is not None, interactive=True)
            files = [
                Entry(f"{folder}/index.html", page.encode()),
                Entry(f"{folder}/transcript.txt", transcript(lesson).encode()),
                *(film_entries(folder, film) if film else []),
            ]
            entries += files
            name = identifier(course, "r", lesson.number)
            found.append(Resource(name, lesson, files[0].path, [entry.path for entry in files]))
    common = shared("lesson.css", "scorm.js", "lesson.js")
    schemas = resources.files("course.exports").joinpath("scorm12")
    manifest = Entry("imsmanifest.xml", _manifest(course, found, [entry.path for entry in common]).encode())
    return [manifest, *(Entry(name, schemas.joinpath(name).read_bytes()) for name in _SCHEMAS), *common, *entries]


def _manifest(course: Course, found: list[Resource], common: list[str]) -> str:
    by_lesson = {one.lesson.id: one for one in found}
    modules = "".join(
        f'<item identifier="{identifier(course, "m", str(module.number))}">\n<title>{escaped(module.title)}</title>\n'
        f"{''.join(_item(course, by_lesson[lesson.id]) for lesson in module.lessons)}</item>\n"
        for module in course.modules
    )
    organization, together = identifier(course, "o"), identifier(course, "shared")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest identifier="{identifier(course)}" version="1.{course.revision}"\n'
        '  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"\n'
        '  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"\n'
        '  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n'
        '  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd\n'
        '    http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">\n'
        "<metadata>\n<schema>ADL SCORM</schema>\n<schemaversion>1.2</schemaversion>\n</metadata>\n"
        f'<organizations default="{organization}">\n<organization identifier="{organization}">\n'
        f"<title>{escaped(course.title)}</title>\n{modules}</organization>\n</organizations>\n"
        f"<resources>\n{''.join(_resource(one, together) for one in found)}"
        f'<resource identifier="{together}" type="webcontent" adlcp:scormtype="asset" href="{common[0]}">\n'
        f"{_files(common)}</resource>\n</resources>\n</manifest>\n"
    )


def _item(course: Course, one: Resource) -> str:
    lesson = one.lesson
    mastery = f"<adlcp:masteryscore>{MASTERY}</adlcp:masteryscore>\n" if lesson.quiz else ""
    return (
        f'<item identifier="{identifier(course, "i", lesson.number)}" identifierref="{one.identifier}">\n'
        f"<title>{escaped(lesson.number)} {escaped(lesson.title)}</title>\n{mastery}</item>\n"
    )


def _resource(one: Resource, together: str) -> str:
    return (
        f'<resource identifier="{one.identifier}" type="webcontent" adlcp:scormtype="sco" href="{escaped(one.page)}">\n'
        f'{_files(one.files)}<dependency identifierref="{together}"/>\n</resource>\n'
    )


def _files(paths: list[str]) -> str:
    return "".join(f'<file href="{escaped(path)}"/>\n' for path in paths)
