"""What in a page could run: a strict policy forbids it all, and markup in data must never become any of it."""

from html.parser import HTMLParser

SCHEMES = ("javascript:", "data:", "vbscript:")
LINKS = ("href", "src", "action", "formaction", "hx-get", "hx-post")
OURS = ("/static/",)


class _Live(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("script", "img") and not given.get("src", "").startswith(OURS):
            self.found.append(f"<{tag}> of its own")
        if tag in ("style", "iframe", "object", "embed", "base"):
            self.found.append(f"<{tag}>")
        self.found += [f"{tag} {name}" for name in given if name.startswith(("on", "hx-on")) or name == "style"]
        self.found += [
            f"{tag} {name}={given[name][:20]}"
            for name in LINKS
            if given.get(name, "").strip().lower().startswith(SCHEMES)
        ]


def live_markup(html: str) -> list[str]:
    """Inline scripts, styles and handlers, frames, and links that run something."""
    return _Live(html).found
