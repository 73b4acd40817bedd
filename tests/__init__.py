"""Tests mirror api/ and web/; browser/ and bench/ stand beside them."""

from hypothesis import settings

# A machine that is busy makes an example slow, not wrong.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
