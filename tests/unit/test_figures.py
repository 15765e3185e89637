"""A figure is a finding with its doubt: title, units, number of runs, and colours that everybody can tell apart."""

import json
from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from experiments.execution.runner import Settings
from experiments.questions.compare.ask import CompareQuestion
from experiments.questions.compare.figures import exhibits
from experiments.questions.compare.result import Comparison
from experiments.reporting.figure_style import TYPE_COLOURS, TYPE_MARKS, Exhibit
from experiments.reporting.figures import bridge, differences
from tests import stand_in_company as stand_in
from tests.asking import result_of


@cache
def comparison(runs: int = 12) -> Comparison:
    return result_of(CompareQuestion("reference", runs=runs, is_quick=True))


@cache
def shown(runs: int = 12) -> dict[str, Exhibit]:
    return {exhibit.name: exhibit for exhibit in exhibits(comparison(runs))}


NAMES = ["money", "differences", "luck", "bridge", "funnel", "hours_sales", "hours_marketing", "development"]


def test_all_figures_are_there():
    assert list(shown()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_has_title_units_number_of_runs_and_table(name: str):
    exhibit = shown()[name]
    layout = exhibit.figure.to_dict()["layout"]
    axes = [layout[axis]["title"].get("text", "") for axis in layout if axis.startswith("xaxis")]
    assert exhibit.title in layout["title"]["text"].replace("<br>", " ").replace("&#x27;", "'")
    assert any("EUR" in axis or "Share" in axis or "Number" in axis or "Quarter" in axis for axis in axes)
    assert "12 " in exhibit.note
    assert len(exhibit.table)
    assert "nan" not in (exhibit.title + exhibit.note).lower()


@pytest.mark.parametrize("runs", [1, 2, 3])
def test_figures_of_few_runs_can_be_drawn(runs: int):
    for exhibit in shown(runs).values():
        json.loads(exhibit.figure.to_json())


def test_nothing_is_drawn_without_a_common_world():
    settings = Settings(workers=1, simulate=stand_in.failing_in_every_type)
    assert exhibits(result_of(CompareQuestion(runs=2), settings)) == []


def test_a_type_has_the_same_colour_everywhere():
    for name in ("money", "differences"):
        drawn = json.dumps(shown()[name].figure.to_dict()["data"], default=str)
        assert TYPE_COLOURS["aligned"] in drawn
    lines = {trace.name: trace.line.color for trace in shown()["development"].figure.data if trace.name}
    assert lines == {
        name.capitalize(): TYPE_COLOURS[name] for name in ("undefined", "defined", "aligned", "integrated")
    }


# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB
COLOUR_BLIND = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    "full sight": np.eye(3).tolist(),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def as_seen(colour: str, sight: str) -> np.ndarray:
    """A colour in CIE Lab, as an eye of this sight sees it."""
    srgb = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    x, y, z = TO_XYZ @ np.clip(np.array(COLOUR_BLIND[sight]) @ linear, 0, 1) / [0.9505, 1.0, 1.089]
    fx, fy, fz = (np.cbrt(t) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])


@pytest.mark.parametrize("sight", COLOUR_BLIND)
def test_types_can_be_told_apart_by_every_eye(sight: str):
    distances = [
        np.linalg.norm(as_seen(a, sight) - as_seen(b, sight)) for a, b in combinations(TYPE_COLOURS.values(), 2)
    ]
    assert min(distances) > 12  # about five times what is just noticeable side by side


def test_red_against_green_would_not_pass():
    assert np.linalg.norm(as_seen("#D62728", "deuteranopia") - as_seen("#7F7F00", "deuteranopia")) < 30


def test_marks_differ_too():
    assert len(set(TYPE_MARKS.values())) == len(TYPE_MARKS) == len(TYPE_COLOURS)


def pair_rows(*gaps: tuple[float, float, float]) -> pd.DataFrame:
    rows = [
        {"a": "aligned", "b": "defined", "difference": mean, "low": low, "high": high, "relative": 0.1, "n": 9}
        for mean, low, high in gaps
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("gaps", "title"),
    [
        ([(5e5, 4e5, 6e5)], "Aligned against defined gains €500 k"),
        ([(-5e5, -6e5, -4e5)], "Aligned against defined loses €500 k"),
        ([(5e5, -1e5, 9e5)], "1 of 1 steps cannot be told from no difference"),
    ],
)
def test_the_title_of_differences_is_their_finding(gaps, title):
    assert differences(pair_rows(*gaps)).title == title


def test_an_unclear_difference_has_a_hollow_mark():
    marks = [
        trace.marker.color for trace in differences(pair_rows((5e5, -1e5, 9e5))).figure.data if trace.marker.symbol
    ]
    assert marks == ["white"]


def test_a_margin_that_does_not_pay_is_called_so():
    parts = pd.DataFrame(
        {
            "part": ["gross_margin_eur", "coordination_cost_eur", "contribution_eur"],
            "change": [100_000.0, -300_000.0, -200_000.0],
            "low": -1.0,
            "high": 1.0,
            "n": 9,
        }
    )
    assert (
        "€100 k more gross margin does not pay for €300 k more coordination"
        in bridge(parts, "aligned", "defined").title
    )
