"""The search for words of the wrong language finds them."""

import re

from tests.browser.words import danish, left_over


def test_the_words_of_the_wrong_language_are_found() -> None:
    english = [one for one, _other in danish()]
    assert len(english) > 100
    assert left_over("Hej Nadia\nMy plan\n", "en") == [re.escape("My plan")]
    assert left_over("Min plan\nOpen", "en") == ["Open"]
    assert left_over("Min plan\nOpen University", "en") == []
    assert left_over("senest i dag, About 15 minutes", "en") == [r"About\ .+?\ minutes"]
    assert left_over("My plan", "da") == []
    assert left_over("My plan\nMin plan", "da") == [re.escape("Min plan")]
