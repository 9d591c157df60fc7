"""One judge for the whole ring: compiling takes seconds, judging milliseconds."""

import os
from pathlib import Path

import pytest
from judge import Judge


@pytest.fixture(scope="session")
def judge():
    return Judge(os.environ["O2C_HOME"])


@pytest.fixture(scope="session")
def invoice():
    """An e-invoice in which nothing is wrong, made by hand."""
    return (Path(__file__).parent / "files" / "invoice.xml").read_text()
