"""What the tests of POSIX share."""
import pytest
from session import Session


@pytest.fixture(scope="module")
def posix_shell(shell):
    """A POSIX shell, shared by the tests of one file."""
    session = Session(shell)
    yield session
    session.leave()
