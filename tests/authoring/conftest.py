"""An author at work."""

import pytest
from starlette.testclient import TestClient

from tests.authoring.forms import in_english
from tests.conftest import House


@pytest.fixture
def author(house: House) -> TestClient:
    return in_english(house, "trainer")
