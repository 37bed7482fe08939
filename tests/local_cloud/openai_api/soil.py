"""A small handbook of our own, as agents hand it to the author: sections to plan from, passages to write from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A heading and its text."""

    title: str
    level: int
    text: str


SECTIONS = [
    Section("Living Soil", 1, ""),
    Section(
        "What Soil Is Made Of",
        2,
        "By the end of this section, you will be able to:\n"
        "- Understand the four parts of soil\n"
        "- Describe how particle size changes the way soil holds water\n\n"
        "Soil is the thin layer that feeds almost all life on land, and every garden depends on it. "
        "Soil consists of four parts: minerals, water, air, and organic matter. "
        "The mineral part comes from rock that has been broken down over thousands of years. "
        "This process is known as **weathering**. As shown in, weathering is slow.",
    ),
    Section(
        "Particle Size",
        3,
        "**Sand** is the coarsest mineral part of soil. Sand drains quickly and warms early in spring. "
        "**Silt** is a mineral dust with particles of middle size. Silt feels smooth like flour between the fingers. "
        "**Clay** is the finest mineral part of soil, with particles too small to see. "
        "Clay holds water and nutrients well, whereas sand lets both of them pass. "
        "However, wet clay is heavy and hard to dig. "
        "**Loam** is a mixture of sand, silt, and clay that most plants grow well in. "
        "A garden with loam needs less watering because the mixture drains and still stays moist.",
    ),
    Section(
        "Life in the Soil",
        2,
        "By the end of this section, you will be able to:\n"
        "- Explain what decomposers do\n"
        "- List common decomposers\n\n"
        "A handful of good soil holds more living things than there are people on Earth. "
        "**Decomposers** are organisms that break dead plants and animals down into nutrients. "
        "Common decomposers include bacteria, fungi, and earthworms. "
        "Bacteria are the smallest decomposers and work fastest in warm, moist soil. "
        "Fungi are organisms that feed on tough material such as wood. "
        "Earthworms pull leaves into their tunnels and mix the layers of the soil. "
        "These tunnels let air and water reach the roots. "
        "For example, a meadow with many earthworms soaks up heavy rain within minutes.",
    ),
    Section(
        "Compost",
        2,
        "By the end of this section, you will be able to:\n"
        "- Know how to build a compost heap\n"
        "- Define humus\n\n"
        "Compost is a dark material made from kitchen and garden waste. "
        "Dead leaves and straw are called brown material, and they are rich in carbon. "
        "Fresh grass and vegetable scraps are called green material, and they are rich in nitrogen. "
        "A heap needs both kinds in layers, along with air and water. "
        "Turning the heap brings air to the bacteria inside, so that it heats up and breaks down sooner. "
        "The dark, stable remains of decomposed plants are called **humus**. "
        "Humus stores water like a sponge and feeds plants slowly. See Figure 4.2 for a heap.",
    ),
]


def source_block() -> str:
    """As the outliner is given it."""
    inside = "\n".join(
        f'<section id="S1.{number}" title="{one.title}" level="{one.level}">{one.text}</section>'
        for number, one in enumerate(SECTIONS, 1)
    )
    return f'<source id="S1" title="Living Soil">\n{inside}\n</source>'


def passages(*numbers: int) -> dict[str, str]:
    """The passages of these sections (from 1), one a section, by reference."""
    return {f"P1.{number}": SECTIONS[number - 1].text for number in numbers}


def passages_block(*numbers: int) -> str:
    """As the writer is given them."""
    lines = [
        f'<passage id="P1.{number}" section="Living Soil › {SECTIONS[number - 1].title}">{text}</passage>'
        for number, text in zip(numbers, passages(*numbers).values(), strict=True)
    ]
    return "\n".join(["<passages>", *lines, "</passages>"])


def lesson_block(title: str, objectives: list[str], minutes: int = 3) -> str:
    """As the writer is told what to write."""
    goals = "\n".join(f"- {one}" for one in objectives)
    return (
        f"<lesson>\nTitle: {title}\nObjectives:\n{goals}\nMinutes: {minutes}\nAudience: new gardeners\n"
        "Language: en\nTone: clear and friendly\n</lesson>"
    )
