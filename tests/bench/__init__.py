"""How fast the pages are, always against a bare ASGI app on the same server in the same run (`make bench`)."""
