"""The engines that the tests of the law run on."""

import pytest

from tests.spec.tables import new_engine
from tests.stage_tables import held


@pytest.fixture(
    scope="session", params=[*(pytest.param(name, marks=pytest.mark.slow) for name in ("duckdb", "pandas")), "pyarrow"]
)
def engine(request, tmp_path_factory):
    """Each engine in turn: the quickest in `make test`, the others in `make test-all`; drawn countries run on all."""
    own_engine = new_engine(request.param, tmp_path_factory.getbasetemp())
    yield own_engine
    if request.param == "duckdb":
        own_engine.close()


@pytest.fixture(scope="module", autouse=True)
def _tables_as_declared():
    """What stages give each other is held against its declaration."""
    with held():
        yield
