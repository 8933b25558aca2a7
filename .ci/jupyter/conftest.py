"""What both test files share: short socket paths, and no skips."""
import pytest


@pytest.fixture(autouse=True)
def short_socket_paths(tmp_path_factory, monkeypatch):
    """Unix sockets may have no more than about a hundred characters in their path."""
    monkeypatch.chdir(tmp_path_factory.mktemp("k"))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, which counts as a failure: {report.longrepr}"
