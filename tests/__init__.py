"""Tests mirror api/ and web/; browser/ and bench/ stand beside them."""
