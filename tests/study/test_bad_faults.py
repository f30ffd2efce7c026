"""What is wrong with a fault is said by line and key."""

from pathlib import Path

import pytest
from test_bad_studies import GOOD as LOAD

from study.reading import BadStudy, read_study

GOOD = (
    LOAD
    + """\
[[fault]]
kind = "pool-slow"
target = "*PS0"
at = "10s"
factor = 0.5
"""
)
BAD = {
    GOOD.replace("pool-slow", "pool-slwo"): [
        "12: fault[0].kind: 'pool-slwo' is no kind (did you mean pool-slow?)"
    ],
    GOOD.replace("*PS0", "Z0C0SP0"): [
        "13: fault[0].target: 'Z0C0SP0' is no pool (did you mean Z0C0PS0?)"
    ],
    GOOD.replace("pool-slow", "host-down").replace("factor = 0.5", ""): [
        "13: fault[0].target: '*PS0' is no host: one of z0c0-host0"
    ],
    GOOD.replace('target = "*PS0"\n', ""): ["11: fault[0]: needs target, as its kind is pool-slow"],
    GOOD.replace("factor = 0.5", ""): ["11: fault[0]: needs factor, as its kind is pool-slow"],
    GOOD.replace("0.5", "0"): ["15: fault[0].factor: 0: expected `float` > 0.0"],
    GOOD.replace("0.5", "-1"): ["15: fault[0].factor: -1: expected `float` > 0.0"],
    GOOD.replace('"10s"', '"10"'): ["14: fault[0].at: '10' is no time like"],
    GOOD.replace('"10s"', '"60s"'): ["14: fault[0].at: is not before the horizon"],
    GOOD.replace('at = "10s"\n', ""): ["11: fault[0]: needs one of at, mtbf, when: none is there"],
    GOOD + 'mtbf = "1h"': [
        "11: fault[0]: needs one of at, mtbf, when: not at and mtbf",
        "11: fault[0]: needs mttr, as it has mtbf",
    ],
    GOOD + 'mttr = "1h"': ["16: fault[0].mttr: is not for a fault without mtbf"],
    GOOD.replace('at = "10s"', 'mtbf = "1h"\nmttr = "1s"\nduration = "2s"'): [
        "16: fault[0].duration: is not for a fault with mtbf: mttr says how long"
    ],
    GOOD.replace('at = "10s"', 'when = "queues > 500"'): [
        "14: fault[0].when: 'queues > 500' is no condition on one of queue, jobs, api-busy,"
    ],
    GOOD + "probability = 0.5": ["16: fault[0].probability: is not for kind pool-slow"],
    GOOD + 'wait = "1s"': ["16: fault[0].wait: is not for kind pool-slow"],
    GOOD + 'ramp = "1"': ["16: fault[0].ramp: '1' is no time like"],
    GOOD + 'seed = "1"': ["16: fault[0].seed: unknown key"],
    GOOD + '[[fault]]\nkind = "lost-answer"\nat = "1s"\nprobability = 1.5': [
        "19: fault[1].probability: 1.5: expected `float` <= 1.0"
    ],
    GOOD + '[[fault]]\nkind = "lost-answer"\nat = "1s"\ncommand = "DetachCommand"': [
        "19: fault[1].command: 'DetachCommand' is no command (did you mean DettachCommand?)"
    ],
    GOOD + '[[fault]]\nkind = "mock"\nat = "1s"': [
        "16: fault[1]: needs wait or result, as its kind is mock"
    ],
    GOOD.replace("factor", 'name = "x"\nfactor')
    + '[[fault]]\nkind = "ms-restart"\nat = "1s"\nname = "x"': [
        "15: fault[0].name: there is another fault called 'x'",
        "20: fault[1].name: there is another fault called 'x'",
    ],
}


@pytest.mark.parametrize("text", BAD)
def test_a_bad_fault_is_told_by_line_and_key(text: str, tmp_path: Path) -> None:
    file = tmp_path / "study.toml"
    file.write_text(text)
    with pytest.raises(BadStudy) as no:
        read_study(file)
    assert len(no.value.lines) == len(BAD[text]), no.value.lines
    for line, start in zip(no.value.lines, BAD[text], strict=True):
        assert line.replace(f"{file}:", "").startswith(start)


def test_a_good_one_is_none_of_them(tmp_path: Path) -> None:
    file = tmp_path / "study.toml"
    file.write_text(GOOD)
    assert read_study(file).plan.fault[0].factor == 0.5
