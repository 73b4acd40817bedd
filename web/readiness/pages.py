"""Help now: two taps from a person, on every page."""

from fastapi import APIRouter, Request, Response

from api.callers import Asked, visit
from api.errors import NotSignedIn
from api.people import queries
from web.rendering import page, stranger_page

router = APIRouter(include_in_schema=False)


@router.get("/help")
async def help_now(request: Request) -> Response:
    """Also without signing in; then with everything but the centre's own number."""
    try:
        asked: Asked = await visit(request)
    except NotSignedIn:
        return stranger_page(request, "readiness/help.html", on_call=None)
    on_call = await asked.database.read(queries.on_call, asked.actor)
    return page(asked, "readiness/help.html", on_call=on_call)
