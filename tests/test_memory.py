"""A bounded memory: what is kept, and that it never grows past its bound."""

from api.kept import Kept


def test_what_is_kept_is_found_until_there_is_no_more_room() -> None:
    kept: Kept[str, int] = Kept(2)
    kept["a"], kept["b"] = 1, 2
    kept["a"] = 3
    assert kept == {"a": 3, "b": 2}
    kept["c"] = 4
    assert kept == {"c": 4}
