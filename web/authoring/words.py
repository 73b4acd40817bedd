"""Words of the author's pages."""

from typing import Any

from api.authoring.rules import Change
from api.words import _
from web.scenarios import words as calls

CHANGE_WORDS: dict[str, Any] = {
    Change.TYPO: _("Typo"),
    Change.MATERIAL: _("Material"),
    Change.STRUCTURAL: _("Structural"),
}
CHANGE_MEANS = {
    Change.TYPO: _("Words are corrected. What the call teaches and how it runs is as before."),
    Change.MATERIAL: _("What is taught changes, or what a choice does. The ways through the call are the same."),
    Change.STRUCTURAL: _("Moments or choices come or go. Ways people went before cannot be added to the new ones."),
}
NUMBER_WORDS: dict[str, Any] = {
    "ladder": _("Step"),
    "trust": _("Trust"),
    "solved": _("Matter"),
    "calm": _("Calm"),
    "boundary": _("Limit"),
    "minutes": _("Minutes"),
    "queue": _("Queue"),
}
SIGN_WORDS: dict[str, Any] = {
    "<": _("under"),
    "<=": _("at most"),
    "=": _("exactly"),
    ">=": _("at least"),
    ">": _("over"),
}
SAID = {
    "saved": _("Saved. Nobody but you authors sees it before it is published."),
    "begun": _("A short whole example is put in, in both languages. Write your call over it."),
    "sent": _("The file is put in and saved."),
    "published": _(
        "Published. Whoever opens the call from now on gets this text; who has begun it goes on with theirs."
    ),
    "discarded": _("The draft is thrown away. What is served stands here again."),
    "shared": _("Everybody's version is served again. Your own is still among the revisions below."),
}
WORDS: dict[str, Any] = {
    **{name: calls.WORDS[name] for name in ("end_words", "mark_words", "limit_words")},
    "change_words": CHANGE_WORDS,
    "change_means": CHANGE_MEANS,
    "number_words": NUMBER_WORDS,
    "sign_words": SIGN_WORDS,
}
