"""A lesson's questions in QTI 1.2, as Common Cartridge profiles it."""

from course.exports.markup import LETTERS, escaped
from course.models.lesson import Lesson, QuizItem

_SCHEMA = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_PLACE = "http://www.imsglobal.org/profile/cc/ccv1p3/ccv1p3_qtiasiv1p2p1_v1p0.xsd"


def assessment(name: str, title: str, lesson: Lesson) -> str:
    """The questions as one assessment; `name` must be unique in its cartridge."""
    items = "".join(_item(f"{name}-q{number}", item) for number, item in enumerate(lesson.quiz, start=1))
    profile = _fields(
        cc_profile="cc.exam.v0p1",
        qmd_assessmenttype="Examination",
        qmd_scoretype="Percentage",
        cc_maxattempts="unlimited",
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<questestinterop xmlns="{_SCHEMA}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n'
        f'  xsi:schemaLocation="{_SCHEMA} {_PLACE}">\n'
        f'<assessment ident="{escaped(name)}" title="{escaped(title)}">\n{profile}'
        f'<section ident="root_section">\n{items}</section>\n</assessment>\n</questestinterop>\n'
    )


def _item(name: str, item: QuizItem) -> str:
    choices = "".join(
        f'<response_label ident="{letter}">\n{_material(choice)}</response_label>\n'
        for letter, choice in zip(LETTERS, item.choices, strict=False)
    )
    explained = bool(item.explanation)
    told = '<displayfeedback feedbacktype="Response" linkrefid="general_fb"/>\n'
    always = f'<respcondition continue="Yes">\n<conditionvar><other/></conditionvar>\n{told}</respcondition>\n'
    feedback = (
        f'<itemfeedback ident="general_fb">\n<flow_mat>\n{_material(item.explanation)}</flow_mat>\n</itemfeedback>\n'
    )
    return (
        f'<item ident="{escaped(name)}">\n<itemmetadata>\n{_fields(cc_profile="cc.multiple_choice.v0p1")}'
        f"</itemmetadata>\n<presentation>\n{_material(item.question)}"
        '<response_lid ident="response" rcardinality="Single">\n<render_choice>\n'
        f"{choices}</render_choice>\n</response_lid>\n</presentation>\n<resprocessing>\n"
        '<outcomes>\n<decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/>\n</outcomes>\n'
        f'{always if explained else ""}<respcondition continue="No">\n<conditionvar>\n'
        f'<varequal respident="response">{LETTERS[item.answer]}</varequal>\n</conditionvar>\n'
        '<setvar action="Set" varname="SCORE">100</setvar>\n</respcondition>\n</resprocessing>\n'
        f"{feedback if explained else ''}</item>\n"
    )


def _material(text: str) -> str:
    return f'<material>\n<mattext texttype="text/plain">{escaped(text)}</mattext>\n</material>\n'


def _fields(**values: str) -> str:
    fields = "".join(
        f"<qtimetadatafield>\n<fieldlabel>{name}</fieldlabel>\n<fieldentry>{value}</fieldentry>\n</qtimetadatafield>\n"
        for name, value in values.items()
    )
    return f"<qtimetadata>\n{fields}</qtimetadata>\n"
