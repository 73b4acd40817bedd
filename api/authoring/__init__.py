"""The author's view: writing scenarios, publishing them for the centre, and what choices teach."""
