"""Passwords: argon2id by pwdlib, off the event loop, a few at a time (each hash takes 64 MiB while it lasts)."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from pwdlib import PasswordHash

AT_ONCE = 4
LONGEST = 1000
_hasher = PasswordHash.recommended()
_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="rolig-password")


def hash_password(password: str) -> str:
    return _hasher.hash(password)


@cache
def _nobody() -> str:
    """A hash that no password fits, so that an unknown e-mail costs what a wrong password costs."""
    return _hasher.hash("nobody has this password; it is compared so that the time tells nothing")


async def verify(password: str, stored: str | None) -> bool:
    """Whether the password fits. `stored` None: nobody has that e-mail; takes just as long and is never true."""

    def compare() -> bool:
        nobody = _nobody()  # made at the first sign-in of all, whoever it is: its time must not tell either
        fits = _hasher.verify(password[:LONGEST], stored or nobody)
        return fits and stored is not None

    return await asyncio.get_running_loop().run_in_executor(_threads, compare)
