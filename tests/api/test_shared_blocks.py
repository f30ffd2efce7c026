"""What subjects share is rendered once for those in a row."""

from simulator.api.shape import Shape, shared, text


def test_what_is_shared_by_subjects_in_a_row_is_rendered_once() -> None:
    rendered: list[str] = []

    def shown(zone: str) -> str:
        rendered.append(zone)
        return zone

    shape = Shape[str]("zoned", shared(lambda zone: zone, (text("zone", "zone", shown),)))
    rows = [shape.render(zone) for zone in ("a", "a", "b", "b", "a")]
    assert [row["zone"] for row in rows] == ["a", "a", "b", "b", "a"]
    assert rendered == ["a", "b", "a"]


def test_an_answer_that_is_changed_changes_no_other() -> None:
    shape = Shape[str]("zoned", shared(lambda zone: zone, (text("zone", "zone", str),)))
    shape.render("a")["zone"] = "spoilt"
    assert shape.render("a") == {"zone": "a"}
