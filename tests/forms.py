"""A page as somebody without scripts has it: its forms, its tables, and the text in them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from starlette.testclient import TestClient


@dataclass
class FormOnPage:
    """A form as a browser would send it. `buttons` are (name, value); the first one is pressed unless another is."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)

    def send(self, browser: TestClient, button: tuple[str, str] | None = None, **typed: str) -> Any:
        """Sends what is typed with what the form holds, and follows where it leads, as a browser does."""
        assert set(typed) <= set(self.fields) | set(self.choices), f"no such fields: {typed}"
        assert button is None or button in self.buttons, f"no button {button} among {self.buttons}"
        data = {**self.fields, **typed, **dict([button] if button else [])}
        answer = browser.request(self.method, self.action, data=data)
        return follow(browser, answer)


def follow(browser: TestClient, answer: Any) -> Any:
    while answer.status_code == 303:
        answer = browser.get(answer.headers["location"].partition("#")[0])
    return answer


class Page(HTMLParser):
    """Forms and table rows of one page, read with the standard library's own parser."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[FormOnPage] = []
        self.rows: list[list[str]] = []
        self.links: dict[str, str] = {}
        self._form: FormOnPage | None = None
        self._select = ""
        self._cell = self._link = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = FormOnPage(given["action"], given.get("method", "get").upper())
            self.forms.append(self._form)
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._cell = tag
        elif tag == "a":
            self._link = given.get("href", "")
            self.links[self._link] = ""
        elif self._form is not None:
            self._control(self._form, tag, given)

    def _control(self, form: FormOnPage, tag: str, given: dict[str, str]) -> None:
        if tag == "select":
            self._select = given["name"]
            form.choices[self._select] = []
        elif tag == "option":
            form.choices[self._select].append(given["value"])
        elif tag == "button":
            form.buttons.append((given.get("name", ""), given.get("value", "")))
        elif tag == "input" and (given.get("type") != "radio" or "checked" in given):
            form.fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag in ("td", "th"):
            self._cell = ""
        elif tag == "a":
            self._link = ""

    def handle_data(self, data: str) -> None:
        if self._cell and self.rows:
            self.rows[-1][-1] = f"{self.rows[-1][-1]} {data}".strip()
        if self._link:
            self.links[self._link] += data

    def form(self, action: str, **holds: str) -> FormOnPage:
        """The form that goes to an address and holds these values."""
        for form in self.forms:
            if form.action == action and holds.items() <= form.fields.items():
                return form
        raise AssertionError(f"no form to {action} with {holds} among {[form.action for form in self.forms]}")
