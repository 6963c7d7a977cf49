"""Everything is locked, and no file names a package host or a path of somebody's machine."""

from scripts import check_locks
from scripts.check_locks import MACHINE_PATH, PACKAGE_HOST


def test_python_is_locked_as_asked() -> None:
    assert list(check_locks.check_python()) == []


def test_the_page_is_locked_as_asked() -> None:
    assert list(check_locks.check_page()) == []


def test_no_file_names_a_place() -> None:
    assert list(check_locks.check_places()) == []


def test_a_place_is_recognised() -> None:
    host, home = "https://files.pythonhosted" + ".org/x", "see /home" + "/carol/plan.yaml"
    assert PACKAGE_HOST.search(host)
    assert MACHINE_PATH.search(home)
    assert not MACHINE_PATH.search("$HOME/plan.yaml, /tmp/plan.yaml, src/work/plan.yaml")
