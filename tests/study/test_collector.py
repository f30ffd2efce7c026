"""The garbage collector while worlds run."""

import gc

import pytest

from study.collector import seldom_collecting


def test_garbage_is_looked_for_seldom_and_then_as_often_as_before() -> None:
    before = gc.get_threshold()

    with seldom_collecting():
        during = gc.get_threshold()
    assert during[0] >= 100 * before[0]
    assert during[1:] == before[1:]
    assert gc.get_threshold() == before

    with pytest.raises(RuntimeError, match="broke"), seldom_collecting():
        raise RuntimeError("broke")  # noqa: EM101
    assert gc.get_threshold() == before


def test_a_collector_that_is_off_stays_off() -> None:
    before = gc.get_threshold()
    gc.set_threshold(0)
    try:
        with seldom_collecting():
            assert gc.get_threshold()[0] == 0
    finally:
        gc.set_threshold(*before)
