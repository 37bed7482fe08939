"""Qdrant's REST interface as far as the product uses it, over the client's own embedded engine.

There is no Qdrant server to install here. This one reads requests with the client's own models, so a request
that a real server would not understand fails here too.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import Body, FastAPI
from pydantic import BaseModel
from qdrant_client import QdrantClient, models

from local_cloud.ports import free_port

_Json = dict[str, Any]


_Answer = Callable[[str, Any], _Json]


def _app(seen: list[str]) -> FastAPI:
    app, engine = FastAPI(), QdrantClient(":memory:", force_disable_check_same_thread=True)

    def answer(operation: str, result: Any) -> _Json:
        seen.append(operation)
        plain = result.model_dump(mode="json") if isinstance(result, BaseModel) else result
        return {"result": plain, "status": "ok", "time": 0.0}

    _add_collections(app, engine, answer)
    _add_points(app, engine, answer)
    return app


def _add_collections(app: FastAPI, engine: QdrantClient, answer: _Answer) -> None:
    @app.get("/collections")
    def collections() -> _Json:
        return answer("collections", engine.get_collections())

    @app.get("/collections/{name}/exists")
    def exists(name: str) -> _Json:
        return answer("exists", {"exists": engine.collection_exists(name)})

    @app.put("/collections/{name}")
    def create(name: str, body: _Json = Body()) -> _Json:  # noqa: B008 - FastAPI's way
        wanted = models.CreateCollection.model_validate(body)
        assert wanted.hnsw_config is not None
        assert (wanted.hnsw_config.m, wanted.hnsw_config.payload_m) == (0, 16)
        vectors: Any = wanted.vectors
        return answer("create", engine.create_collection(name, vectors, wanted.sparse_vectors))

    @app.put("/collections/{name}/index")
    def index(name: str, body: _Json = Body()) -> _Json:  # noqa: B008 - FastAPI's way
        wanted = models.CreateFieldIndex.model_validate(body)
        return answer(f"index {wanted.field_name}", {"operation_id": 1, "status": "completed"})


def _add_points(app: FastAPI, engine: QdrantClient, answer: _Answer) -> None:
    lock = threading.Lock()

    @app.put("/collections/{name}/points")
    def upsert(name: str, body: _Json = Body()) -> _Json:  # noqa: B008 - FastAPI's way
        with lock:
            points = models.PointsList.model_validate(body).points
            return answer("upsert", engine.upsert(name, points))

    @app.post("/collections/{name}/points/query")
    def query(name: str, body: _Json = Body()) -> _Json:  # noqa: B008 - FastAPI's way
        wanted = models.QueryRequest.model_validate(body)
        prefetch: Any = wanted.prefetch
        assert all(one.filter is not None for one in prefetch)
        with lock:
            found = engine.query_points(
                name,
                query=wanted.query,
                prefetch=prefetch,
                query_filter=wanted.filter,
                limit=wanted.limit or 10,
                with_payload=True,
                with_vectors=wanted.with_vector or False,
            )
        return answer("query", found)

    @app.post("/collections/{name}/points/scroll")
    def scroll(name: str, body: _Json = Body()) -> _Json:  # noqa: B008 - FastAPI's way
        wanted = models.ScrollRequest.model_validate(body)
        with lock:
            points, following = engine.scroll(
                name,
                scroll_filter=wanted.filter,
                limit=wanted.limit or 10,
                offset=wanted.offset,
                with_payload=True,
                with_vectors=True,
            )
        found = [point.model_dump(mode="json") for point in points]
        return answer("scroll", {"points": found, "next_page_offset": following})

    @app.post("/collections/{name}/points/count")
    def count(name: str, body: _Json = Body()) -> _Json:  # noqa: B008 - FastAPI's way
        wanted = models.CountRequest.model_validate(body)
        return answer("count", engine.count(name, wanted.filter))

    @app.post("/collections/{name}/facet")
    def facet(name: str, body: _Json = Body()) -> _Json:  # noqa: B008 - FastAPI's way
        wanted = models.FacetRequest.model_validate(body)
        assert wanted.exact
        with lock:
            return answer("facet", engine.facet(name, wanted.key, wanted.filter, wanted.limit or 10))

    @app.post("/collections/{name}/points/delete")
    def delete(name: str, body: _Json = Body()) -> _Json:  # noqa: B008 - FastAPI's way
        with lock:
            return answer("delete", engine.delete(name, models.FilterSelector.model_validate(body)))


@contextmanager
def qdrant_server() -> Iterator[tuple[str, list[str]]]:
    """Its address, and the operations it was asked for, in order."""
    seen: list[str] = []
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(_app(seen), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        threading.Event().wait(0.02)
    try:
        yield f"http://127.0.0.1:{port}", seen
    finally:
        server.should_exit = True
        thread.join(10)
