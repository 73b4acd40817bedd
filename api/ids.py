"""Keys that need no central counter."""

import secrets
import time

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u to misread
LENGTH = 26


def new_id() -> str:
    """26 characters: milliseconds since 1970 and 80 random bits, so that keys made later sort later.

    Any process or machine can make them; rows made together lie together in the index.
    """
    number = (time.time_ns() // 1_000_000 << 80) | secrets.randbits(80)
    letters = []
    for _step in range(LENGTH):
        number, digit = divmod(number, 32)
        letters.append(ALPHABET[digit])
    return "".join(reversed(letters))
