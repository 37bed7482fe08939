"""An IMS Common Cartridge 1.3: each lesson a page with its film, its questions an assessment."""

from course.exports.archive import Entry
from course.exports.assessment import assessment
from course.exports.markup import escaped, lesson_page
from course.exports.packages import CurrentFilms, Resource, film_entries, identifier, shared, transcript
from course.models.lesson import Lesson
from course.models.outline import Course

_CC = "http://www.imsglobal.org/xsd/imsccv1p3"
_LOM = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM"
_PROFILE = "http://www.imsglobal.org/profile/cc/ccv1p3"


def cartridge_entries(course: Course, films: CurrentFilms) -> list[Entry]:
    """The files of the cartridge, the manifest first."""
    entries: list[Entry] = []
    found: list[Resource] = []
    for module in course.modules:
        for lesson in module.lessons:
            folder, film = f"lessons/{lesson.number}", films.get(lesson.id)
            page = lesson_page(course, module, lesson, film=film is not None, interactive=False)
            files = [
                Entry(f"{folder}/lesson.html", page.encode()),
                Entry(f"{folder}/transcript.txt", transcript(lesson).encode()),
                *(film_entries(folder, film) if film else []),
            ]
            name = identifier(course, "r", lesson.number)
            found.append(Resource(name, lesson, files[0].path, [entry.path for entry in files]))
            entries += files
            if lesson.quiz:
                entries.append(Entry(_quiz_file(lesson), _quiz(course, lesson).encode()))
    common = shared("lesson.css")
    manifest = Entry("imsmanifest.xml", _manifest(course, found, [entry.path for entry in common]).encode())
    return [manifest, *common, *entries]


def _quiz_file(lesson: Lesson) -> str:
    return f"quizzes/{lesson.number}/assessment.xml"


def _quiz_title(lesson: Lesson) -> str:
    return f"{lesson.number} {lesson.title}: questions"


def _quiz(course: Course, lesson: Lesson) -> str:
    return assessment(identifier(course, "a", lesson.number), _quiz_title(lesson), lesson)


def _manifest(course: Course, found: list[Resource], common: list[str]) -> str:
    by_lesson = {one.lesson.id: one for one in found}
    modules = "".join(
        f'<item identifier="{identifier(course, "m", str(module.number))}">\n<title>{escaped(module.title)}</title>\n'
        f"{''.join(_items(course, by_lesson[lesson.id]) for lesson in module.lessons)}</item>\n"
        for module in course.modules
    )
    together = identifier(course, "shared")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest identifier="{identifier(course)}" xmlns="{_CC}/imscp_v1p1"\n'
        f'  xmlns:lom="{_LOM}/manifest" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n'
        f'  xsi:schemaLocation="{_CC}/imscp_v1p1 {_PROFILE}/ccv1p3_imscp_v1p2_v1p0.xsd\n'
        f'    {_LOM}/manifest {_PROFILE}/LOM/ccv1p3_lommanifest_v1p0.xsd">\n'
        "<metadata>\n<schema>IMS Common Cartridge</schema>\n<schemaversion>1.3.0</schemaversion>\n"
        f"<lom:lom>\n<lom:general>\n<lom:title>\n{_string(course, course.title)}</lom:title>\n"
        f"<lom:description>\n{_string(course, course.summary or course.title)}</lom:description>\n"
        "</lom:general>\n</lom:lom>\n</metadata>\n"
        f'<organizations>\n<organization identifier="{identifier(course, "o")}" structure="rooted-hierarchy">\n'
        f'<item identifier="{identifier(course, "root")}">\n{modules}</item>\n</organization>\n</organizations>\n'
        f"<resources>\n{''.join(_resources(course, one, together) for one in found)}"
        f'<resource identifier="{together}" type="webcontent">\n{_files(common)}</resource>\n'
        "</resources>\n</manifest>\n"
    )


def _items(course: Course, one: Resource) -> str:
    lesson = one.lesson
    page = (
        f'<item identifier="{identifier(course, "i", lesson.number)}" identifierref="{one.identifier}">\n'
        f"<title>{escaped(lesson.number)} {escaped(lesson.title)}</title>\n</item>\n"
    )
    if not lesson.quiz:
        return page
    questions = identifier(course, "q", lesson.number)
    return (
        f'{page}<item identifier="{identifier(course, "iq", lesson.number)}" identifierref="{questions}">\n'
        f"<title>{escaped(_quiz_title(lesson))}</title>\n</item>\n"
    )


def _resources(course: Course, one: Resource, together: str) -> str:
    page = (
        f'<resource identifier="{one.identifier}" type="webcontent" href="{escaped(one.page)}">\n'
        f'{_files(one.files)}<dependency identifierref="{together}"/>\n</resource>\n'
    )
    if not one.lesson.quiz:
        return page
    return (
        f'{page}<resource identifier="{identifier(course, "q", one.lesson.number)}"\n'
        '  type="imsqti_xmlv1p2/imscc_xmlv1p3/assessment">\n'
        f"{_files([_quiz_file(one.lesson)])}</resource>\n"
    )


def _files(paths: list[str]) -> str:
    return "".join(f'<file href="{escaped(path)}"/>\n' for path in paths)


def _string(course: Course, text: str) -> str:
    return f'<lom:string language="{escaped(course.language)}">{escaped(text)}</lom:string>\n'
