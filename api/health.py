"""Whether the process runs, and whether it can answer."""

import asyncio

from fastapi import Request, Response

from api.site import Site
from graph.errors import Unavailable

JSON = "application/json"
READY_SECONDS = 2.0


async def healthz(request: Request) -> Response:
    """That the process runs, whatever the store does."""
    return Response(b'{"status":"ok"}', headers={"Cache-Control": "no-store"}, media_type=JSON)


async def readyz(request: Request) -> Response:
    """That the store answers, soon, and holds claims."""
    try:
        async with asyncio.timeout(READY_SECONDS):
            holds = await Site.of(request).holds_claims()
    except TimeoutError:
        raise Unavailable("the store does not answer soon") from None
    if not holds:
        raise Unavailable("the store holds no claims yet; load some")
    return Response(b'{"status":"ready"}', headers={"Cache-Control": "no-store"}, media_type=JSON)
