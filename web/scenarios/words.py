"""Words of a call: its ends, the steps of the ladder, the limit, and what is done on each channel."""

from typing import Any

from api.library.graph import Channel, EndType
from api.words import _
from web.lessons.opening import MARK_WORDS

WORDS: dict[str, Any] = {
    "mark_words": MARK_WORDS,
    "end_words": {
        EndType.SOLVED: _("Solved"),
        EndType.AGREED: _("Agreed"),
        EndType.HANDED_OVER: _("Handed over well"),
        EndType.RIGHTLY_ENDED: _("Rightly ended"),
        EndType.HUNG_UP_TOO_SOON: _("Hung up too soon"),
        EndType.ENDURED_TOO_LONG: _("Endured too long"),
        EndType.READINESS_CALLED: _("Readiness plan used"),
        EndType.SIGNAL_MISSED: _("A signal was missed"),
    },
    "ladder_words": (_("Disagreement"), _("Blame"), _("More problems"), _("Open hostility"), _("Separation")),
    "limit_words": (_("not said"), _("said"), _("warned"), _("ended")),
    "begin_words": {
        Channel.PHONE: _("Take the call"),
        Channel.OUTBOUND: _("Make the call"),
        Channel.CHAT: _("Open the chat"),
        Channel.MAIL: _("Open the mail"),
        Channel.SOCIAL: _("Look at the post"),
        Channel.TALK: _("Begin the talk"),
    },
    "asked_words": {
        Channel.PHONE: _("What do you say?"),
        Channel.OUTBOUND: _("What do you say?"),
        Channel.TALK: _("What do you say?"),
        Channel.CHAT: _("What do you write?"),
        Channel.MAIL: _("What do you do?"),
        Channel.SOCIAL: _("What do you do?"),
    },
}
