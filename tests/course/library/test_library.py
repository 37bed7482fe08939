"""The index: found by meaning and words, one course at a time, embedding nothing twice; in a folder and on a server."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from course.embeddings import Embeddings
from course.errors import ModelUnavailable, Unavailable
from course.library import Library
from course.library.points import entries_of_edition
from local_cloud.ports import free_port
from tests.course.library.qdrant_rest import qdrant_server
from tests.course.library.subjects import BEES, BREAD, BRIDGES, edition, passages


@pytest.fixture(params=["folder", "server"])
async def either(request: pytest.FixtureRequest, embeddings: Embeddings, tmp_path: Path) -> AsyncIterator[Library]:
    """An empty index, in a folder and over HTTP."""
    if request.param == "folder":
        library = Library(embeddings, folder=tmp_path / "qdrant")
        yield library
        await library.close()
    else:
        with qdrant_server() as (url, _):
            library = Library(embeddings, url=url)
            yield library
            await library.close()


async def test_found_by_meaning_and_by_words(either: Library) -> None:
    """A question in other words and a rare word alone both find their passage first."""
    course_id = uuid4()
    await either.index_source(course_id, uuid4(), passages())
    for query, expected in (("How do insects communicate?", BEES), ("suspension", BRIDGES), ("leaven", BREAD)):
        hits = await either.search_passages(course_id, query)
        assert hits[0].text == expected
        assert hits[0].score >= hits[-1].score


async def test_cosine_and_overlap_compare_across_searches(either: Library) -> None:
    """Its own words give the best of both; a foreign question gives little of either."""
    course_id = uuid4()
    await either.index_source(course_id, uuid4(), passages())
    own = (await either.search_passages(course_id, f"Bees\n{BEES}"))[0]
    foreign = (await either.search_passages(course_id, "What is the capital of Mongolia?"))[0]
    assert own.cosine == pytest.approx(1, abs=0.02)  # the encoder is quantised
    assert own.overlap == 1
    assert foreign.cosine < 0.25
    assert foreign.overlap == 0


async def test_a_search_never_leaves_its_course(either: Library) -> None:
    """What another course says is not found, though it fits perfectly; neither are slides among passages."""
    mine, other = uuid4(), uuid4()
    await either.index_source(mine, uuid4(), passages(Bridges=BRIDGES))
    await either.index_source(other, uuid4(), passages(Bees=BEES))
    await either.index_edition(edition(mine, Bread=BREAD), 1)
    assert [hit.text for hit in await either.search_passages(mine, "honeybees dance")] == [BRIDGES]
    assert [hit.slide_title for hit in await either.search_slides(mine, 1, "honeybees dance")] == ["Bread"]
    assert await either.search_slides(other, 1, "sourdough") == []


async def test_what_did_not_change_is_not_embedded_again(either: Library) -> None:
    """Indexing twice costs nothing; a new edition costs only the slide that is new."""
    course_id, source_id = uuid4(), uuid4()
    assert await either.index_source(course_id, source_id, passages()) > 0
    assert await either.index_source(course_id, source_id, passages()) == 0
    first = edition(course_id)
    whole = await either.index_edition(first, 1)
    assert await either.index_edition(first, 1) == 0
    assert await either.index_edition(edition(course_id), 2) == 0
    changed = await either.index_edition(edition(course_id, Bread=BREAD, Bridges=BRIDGES, Boats="Boats float."), 3)
    assert 0 < changed < whole / 2
    assert await either.count(course_id) == 3 + 3 * 3


async def test_editions_are_apart_until_the_old_one_goes(either: Library) -> None:
    """A search sees one edition; removing those before one removes neither it nor any passage."""
    course_id = uuid4()
    await either.index_source(course_id, uuid4(), passages())
    await either.index_edition(edition(course_id, Bread=BREAD), 1)
    await either.index_edition(edition(course_id, Bees=BEES), 2)
    assert [hit.slide_title for hit in await either.search_slides(course_id, 1, "bees")] == ["Bread"]
    await either.remove_editions_before(course_id, 2)
    assert await either.search_slides(course_id, 1, "bread") == []
    assert [hit.slide_title for hit in await either.search_slides(course_id, 2, "bread")] == ["Bees"]
    assert await either.count(course_id) == 3 + 1


async def test_removed_is_removed(either: Library) -> None:
    """A removed source, and later a removed course, is found no more; others stay."""
    course_id, other, gone, kept = uuid4(), uuid4(), uuid4(), uuid4()
    await either.index_source(course_id, gone, passages(1, Bees=BEES))
    await either.index_source(course_id, kept, passages(2, Bread=BREAD))
    await either.index_source(other, uuid4(), passages(1, Bees=BEES))
    await either.remove_source(course_id, gone)
    assert [hit.ref for hit in await either.search_passages(course_id, "bees")] == ["P2.1"]
    assert await either.sources(course_id) == {kept}
    await either.remove_source(course_id, kept)
    assert await either.count(course_id) == 0
    assert await either.sources(course_id) == set()
    await either.remove_course(other)
    assert await either.count() == 0


async def test_many_points_are_indexed_and_known(either: Library) -> None:
    """More points than one batch or page holds are all there, and known the next time."""
    course_id, source_id = uuid4(), uuid4()
    many = passages(1, **{f"Heading {number}": f"Loaf number {number}." for number in range(300)})
    assert await either.index_source(course_id, source_id, many) > 0
    assert await either.count(course_id) == 300
    assert await either.index_source(course_id, source_id, many) == 0


async def test_a_folder_keeps_what_was_put_into_it(embeddings: Embeddings, tmp_path: Path) -> None:
    """A process that comes later finds the points again and embeds nothing."""
    course_id, source_id = uuid4(), uuid4()
    first = Library(embeddings, folder=tmp_path)
    await first.index_source(course_id, source_id, passages())
    await first.close()
    second = Library(embeddings, folder=tmp_path)
    assert await second.index_source(course_id, source_id, passages()) == 0
    assert (await second.search_passages(course_id, "bees"))[0].text == BEES
    await second.close()


async def test_a_folder_belongs_to_one(library: Library, embeddings: Embeddings, tmp_path: Path) -> None:
    """A second process on the folder is told so in a sentence."""
    await library.ping()
    second = Library(embeddings, folder=tmp_path / "qdrant")
    with pytest.raises(Unavailable, match="in use by another process"):
        await second.ping()
    await second.close()


async def test_a_server_that_is_down_is_unavailable(embeddings: Embeddings) -> None:
    """No answer is an error that a retry can help, in a sentence."""
    library = Library(embeddings, url=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(Unavailable, match="search index cannot be reached") as problem:
        await library.search_passages(uuid4(), "bees")
    assert problem.value.retryable
    await library.close()


async def test_a_model_that_is_down_is_unavailable(tmp_path: Path) -> None:
    """Without the model there is no search, and the sentence says which part is missing."""
    embeddings = Embeddings("any", base_url=f"http://127.0.0.1:{free_port()}/v1", api_key="", retries=0)
    library = Library(embeddings, folder=tmp_path)
    with pytest.raises(ModelUnavailable, match="cannot be reached"):
        await library.search_passages(uuid4(), "bees")
    await library.close()


async def test_a_server_gets_payload_indexes_once(embeddings: Embeddings) -> None:
    """The collection is made once, with an index for the tenant and for each filter."""
    with qdrant_server() as (url, seen):
        for _ in range(2):
            library = Library(embeddings, url=url)
            assert await library.count() == 0
            await library.close()
    assert seen.count("create") == 1
    assert {"index course_id", "index kind", "index source_id", "index revision"} <= set(seen)


async def test_searching_leaves_the_event_loop_free(library: Library) -> None:
    """While a search computes, other coroutines run."""
    course_id = uuid4()
    await library.index_source(course_id, uuid4(), passages())
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0)

    ticking = asyncio.create_task(tick())
    await library.search_passages(course_id, "bees")
    ticking.cancel()
    assert ticks > 20


async def test_an_empty_question_finds_nothing(library: Library) -> None:
    """Blanks and marks alone are no question."""
    assert await library.search_passages(uuid4(), "  ** ") == []


def test_a_long_slide_is_several_points_of_one_slide() -> None:
    """What a small embedding model could not read at once is cut between sentences, each with its titles."""
    course = edition(uuid4(), Bread=" ".join([BREAD] * 40))
    entries = list(entries_of_edition(course, 1))
    assert len(entries) > 3
    assert len({entry.id for entry in entries}) == len(entries)
    assert {entry.payload["slide_id"] for entry in entries} == {str(course.lessons[0].slides[0].id)}
    assert all(entry.text.startswith("Three crafts. Bread") for entry in entries)
    assert sum(entry.text.count("wild yeast.") for entry in entries) == 40
    assert all(len(entry.text.split()) < 200 for entry in entries)
