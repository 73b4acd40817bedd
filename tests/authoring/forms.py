"""The desk as a browser sees and sends it."""

import re
from html import unescape
from typing import Any

from starlette.testclient import TestClient

from tests.authoring.writing import NEW
from tests.conftest import House

DESK = f"/author/{NEW}"
STORED = ("draft", "own_revision")


def in_english(house: House, who: str) -> TestClient:
    browser = house.visitor(who)
    browser.post("/account", data={"language": "en"})
    return browser


def fields(page: str) -> dict[str, str]:
    """What the form of the desk would send."""
    found = dict(re.findall(r'<input type="hidden" name="(version|served)" value="([^"]*)">', page))
    for language in ("da", "en"):
        [text] = re.findall(rf'<textarea id="{language}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
        found[language] = unescape(text)
    return found


def opened(browser: TestClient, key: str = NEW) -> dict[str, str]:
    answer = browser.get(f"/author/{key}")
    assert answer.status_code == 200
    return fields(answer.text)


def as_browser(texts: dict[str, str]) -> dict[str, str]:
    return {name: value.replace("\n", "\r\n") for name, value in texts.items()}


def sent(browser: TestClient, path: str, name: str, raw: bytes, **data: Any) -> Any:
    return browser.post(path, files={"file": (name, raw, "text/markdown")}, data=data)


def said(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", page))
