"""What is not OpenAI's: health, faults and statistics of this server."""

from typing import Any

from fastapi import APIRouter, Query, Request

from local_cloud.openai_api.faults import Fault, FaultPlan, Faults
from local_cloud.openai_api.stats import Stats

router = APIRouter()

MODELS = {"built-in-author": "chat", "all-minilm-l6-v2": "embeddings", "piper-joe": "speech"}


@router.get("/healthz")
async def health() -> dict[str, str]:
    """Answers as soon as the server listens; voice and embeddings load on first use."""
    return {"status": "ok"}


@router.get("/v1/models")
async def models() -> dict[str, Any]:
    """What there is; any other name is accepted too and served by the same three."""
    data = [{"id": name, "object": "model", "created": 0, "owned_by": "local_cloud"} for name in MODELS]
    return {"object": "list", "data": data}


@router.get("/faults")
async def faults(request: Request) -> FaultPlan:
    """The rules in force, with how often each has struck."""
    return _faults(request).plan


@router.put("/faults")
async def set_faults(request: Request, plan: FaultPlan) -> FaultPlan:
    """Replace all rules."""
    _faults(request).set(plan)
    return _faults(request).plan


@router.post("/faults")
async def add_fault(request: Request, fault: Fault) -> FaultPlan:
    """Add one rule after the others."""
    _faults(request).plan.rules.append(fault)
    return _faults(request).plan


@router.delete("/faults")
async def clear_faults(request: Request) -> FaultPlan:
    """Behave again."""
    _faults(request).set(FaultPlan())
    return _faults(request).plan


@router.get("/stats")
async def stats(request: Request, newest: int = Query(default=200, ge=0)) -> dict[str, Any]:
    """Sums by path since the last reset, and the newest requests one by one."""
    return _stats(request).report(newest)


@router.delete("/stats")
async def reset_stats(request: Request) -> dict[str, str]:
    """Start counting anew."""
    _stats(request).reset()
    return {"status": "ok"}


def _faults(request: Request) -> Faults:
    faults: Faults = request.app.state.faults
    return faults


def _stats(request: Request) -> Stats:
    stats: Stats = request.app.state.stats
    return stats
