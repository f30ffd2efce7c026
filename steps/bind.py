"""The module that pytest collects: every scenario of every feature."""

from pathlib import Path

from pytest_bdd import scenarios

_HERE = Path(__file__).resolve().parent.parent
FEATURES = next(p for p in (_HERE / "conformance" / "features", _HERE / "features") if p.is_dir())
scenarios(str(FEATURES))
