"""A chart and its table say the same."""

import pytest

from chelun.core.ui import Chart, Series
from chelun.core.ui.tables import draw_table


def _chart(kind: str = "bar", values: tuple[float | None, ...] = (3, None)) -> Chart:
    return Chart(
        "c", kind, "人数", ["东镇", "西镇"], [Series("人", values)], urls=["/e/", "/w/"], first_head="乡镇"
    )


def test_chart_table_says_the_same() -> None:
    drawn = draw_table(_chart().table)
    assert '<a href="/e/">东镇</a>' in drawn
    assert "<span>3</span>" in drawn
    assert "<span>–</span>" in drawn
    assert _chart().spec["series"] == [{"name": "人", "values": [3, None]}]


def test_chart_refuses_what_it_cannot_draw() -> None:
    with pytest.raises(ValueError, match="kind"):
        _chart("spiral")
    with pytest.raises(ValueError, match="each label"):
        _chart(values=(1,))
