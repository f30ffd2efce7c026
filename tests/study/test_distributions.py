"""How latencies are written, and what is drawn from them."""

from math import exp, inf
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from study.distributions import FAMILIES
from study.latency_plan import LatencyPart
from study.reading import BadStudy, read_study
from study.units import Spreads

READ = Spreads().read
LIKE = {
    "constant(50ms)": None,
    "uniform(10ms, 50ms)": stats.uniform(0.01, 0.04),
    "triangular(10ms, 20ms, 50ms)": stats.triang(0.25, 0.01, 0.04),
    "exponential(50ms)": stats.expon(scale=0.05),
    "gamma(50ms, 2.5)": stats.gamma(2.5, scale=0.02),
    "erlang(60ms, 3)": stats.erlang(3, scale=0.02),
    "weibull(50ms, 1.5)": stats.weibull_min(1.5, scale=0.05),
    "lognormal(50ms, 0.4)": stats.lognorm(0.4, scale=0.05),
    "log-logistic(50ms, 3)": stats.fisk(3, scale=0.05),
    "pareto(10ms, 1s, 1.2)": stats.truncpareto(1.2, 100, scale=0.01),
    "empirical(10ms, 20ms, 60ms)": None,
    "lognormal(50ms, 0.4, shift=10ms)": stats.lognorm(0.4, 0.01, 0.05),
    "exponential(50ms, max=80ms)": stats.truncexpon(1.6, scale=0.05),
    "exponential(50ms, shift=20ms, max=100ms)": stats.truncexpon(1.6, 0.02, 0.05),
}
GOLDEN = {  # at 0.1, 0.5 and 0.9
    "constant(50ms)": (0.05, 0.05, 0.05),
    "uniform(10ms, 50ms)": (0.014, 0.03, 0.046),
    "triangular(10ms, 20ms, 50ms)": (0.01632455532, 0.02550510257, 0.03904554885),
    "exponential(50ms)": (0.005268025783, 0.03465735903, 0.1151292546),
    "gamma(50ms, 2.5)": (0.01610307987, 0.04351460191, 0.092363569),
    "erlang(60ms, 3)": (0.02204130656, 0.05348120627, 0.1064464068),
    "weibull(50ms, 1.5)": (0.01115377628, 0.03916098844, 0.08718607568),
    "lognormal(50ms, 0.4)": (0.02994619823, 0.05, 0.0834830512),
    "log-logistic(50ms, 3)": (0.02403749284, 0.05, 0.1040041912),
    "pareto(10ms, 1s, 1.2)": (0.01091367933, 0.01775907708, 0.06615962776),
    "empirical(10ms, 20ms, 60ms)": (0.012, 0.02, 0.052),
}
WRONG = (
    "lognormal(50ms)", "lognormal(50ms, 0)", "lognormal(50, 0.4)", "uniform(50ms, 10ms)",
    "uniform(10ms)", "triangular(10ms, 60ms, 50ms)", "erlang(50ms, 2.5)", "pareto(1s, 1s, 2)",
    "constant(50ms, 1)", "constant()", "empirical(10ms)", "gauss(50ms, 1)", "exponential(50ms",
    "exponential(50ms, max=0s)", "exponential(50ms, min=1s)", "exponential(50ms, max=1s, max=2s)",
    "uniform(10ms, 50ms, max=5ms)", "exponential(50ms, shift=2s, max=1s)", "0.4", 7, "",
    "weibull(50ms, 0.0001)",
)  # fmt: skip


@pytest.mark.parametrize("text", GOLDEN)
def test_quantiles_are_what_they_were(text: str) -> None:
    spread = READ(text)
    assert spread is not None
    quantile = spread.quantile()
    assert [quantile(u) for u in (0.1, 0.5, 0.9)] == pytest.approx(GOLDEN[text], rel=1e-9)


@pytest.mark.parametrize("text", [text for text, like in LIKE.items() if like is not None])
def test_draws_are_distributed_as_said(text: str) -> None:
    spread, dice = READ(text), Random(4)
    assert spread is not None
    draw = spread.latency()
    assert stats.kstest([draw(dice) for _ in range(2000)], LIKE[text].cdf).pvalue > 0.01


@pytest.mark.parametrize("text", LIKE)
def test_a_draw_takes_one_number_and_more_luck_is_never_less_time(text: str) -> None:
    spread = READ(text)
    assert spread is not None
    quantile = spread.quantile()
    marks = [quantile(u) for u in (2.0**-54, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 2.0**-53)]
    assert marks == sorted(marks)
    one, other = Random(1), Random(1)
    spread.latency()(one)
    drawn = other.random()
    assert spread.latency()(Random(1)) == pytest.approx(quantile(drawn))
    assert text.startswith("constant") or one.random() == other.random()


@pytest.mark.parametrize("text", LIKE)
def test_it_is_spelt_as_it_is_read(text: str) -> None:
    spread = READ(text)
    assert spread is not None
    assert READ(spread.spelt()) == spread


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_distribution_is_none(text: object) -> None:
    assert READ(text) is None


def test_a_host_takes_what_the_study_says() -> None:
    timings = LatencyPart(AttachCommand=READ("constant(7s)"), work=READ("constant(3s)")).timings()
    assert timings.commands["AttachCommand"](Random(1)) == 7
    assert timings.work(Random(1)) == 3
    assert timings.commands["DettachCommand"](Random(1)) < exp(1)


def test_an_unknown_step_is_named_with_what_was_meant(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text(
        '[cloud]\nvms = 1\n[latency]\nAtachCommand = "constant(1s)"\n'
        '[[workload]]\nname = "w"\nworkflow = "attach"\nexecutor = "iterations"\nitems = 1\n'
    )
    with pytest.raises(BadStudy, match=r"s.toml:4: latency.AtachCommand: unknown key \(did you"):
        read_study(file)


SAID = st.tuples(
    st.sampled_from([*FAMILIES, "gauss"]),
    st.lists(
        st.sampled_from(["1us", "50ms", "999999999d", "0.000000001", "2.5", "999999999", "0s", "",
                         "max=1s", "max=1us", "shift=5s", "shift=", "x", "-1", "nan", "1e5"]),
        max_size=5,
    ),
)  # fmt: skip


@given(SAID)
def test_whatever_is_said_is_drawn_from_or_refused(said: tuple[str, list[str]]) -> None:
    spread = READ(f"{said[0]}({', '.join(said[1])})")
    if spread is not None:
        draw = spread.latency()
        assert all(0 <= draw(Random(n)) < inf for n in range(5))
