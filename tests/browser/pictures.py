"""The pictures in README, taken anew from the demo centre: `python -m tests.browser.pictures`."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from playwright.sync_api import Page

from api.settings import ROOT
from tests.browser.coming import at, playing
from tests.browser.served import DESK, HEIGHT, PHONE, Visits, chromium_running, serving
from tests.conftest import fill

PICTURES = ROOT / "web" / "pictures"
LARGEST = 300_000  # bytes; README is read on phones too


class Picture(NamedTuple):
    name: str
    person: str
    come: Callable[[Page], object]
    width: int
    scheme: str


TAKEN = (
    Picture("plan", "learner", at("/plan"), DESK, "light"),
    Picture("call", "learner", playing(2, 1), DESK, "light"),
    Picture("board-360", "manager", at("/team"), PHONE, "dark"),
)


def take(picture: Picture, visits: Visits) -> Path:
    options: dict[str, Any] = {"color_scheme": picture.scheme, "reduced_motion": "reduce"}
    page = visits.visit(picture.person, viewport={"width": picture.width, "height": HEIGHT}, **options)
    picture.come(page)
    page.evaluate("document.activeElement.blur()")
    page.evaluate("scrollTo(0, 0)")
    path = PICTURES / f"{picture.name}.png"
    page.screenshot(path=path)
    return path


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        database = Path(folder) / "rolig.sqlite"
        fill(f"sqlite:///{database}")
        with chromium_running() as browser, serving(database) as address:
            visits = Visits(browser, address, {})
            paths = [take(picture, visits) for picture in TAKEN]
            visits.close()
    assert visits.wrongs == []
    assert [path.name for path in paths if path.stat().st_size > LARGEST] == []


if __name__ == "__main__":
    main()
