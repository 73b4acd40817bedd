"""A table whose cells say which column they stand in, so that a phone can show each row as a block of its own."""

import re

HEAD = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)
ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


def labelled(html: str) -> str:
    """The same HTML with `data-label` on each cell of the table's body.

    >>> labelled("<tr><th>A</th></tr><tr><td>1</td></tr>")
    '<tr><th>A</th></tr><tr><td data-label="A">1</td></tr>'
    """
    heads = [TAG.sub("", head).replace('"', "&quot;") for head in HEAD.findall(html)]

    def row(found: re.Match[str]) -> str:
        first, *cells = found[0].split("<td>")
        return first + "".join(f'<td data-label="{head}">{cell}' for head, cell in zip(heads, cells, strict=False))

    return ROW.sub(row, html)
