"""Promises of what is drawn: a number can be told from the line that passes behind it, and from its mark."""

import io
from dataclasses import replace

import numpy

from bot.pictures.chart import HEIGHT, WIDTH, Row
from bot.pictures.drawing import figure_of
from tests.pictures.charts import CHART

STEEP = Row("Demandes : environ 80", [None, 40, None, 39, 41, None, None, 40, 0, 38, None, 40])
"""Weeks of few between weeks of many: the line is steepest where the word is longest."""
AROUND = 4
"""Pixels around a number that hold nothing of its line."""
COLOURED = 0.1
"""How much more of one light than of another a line has; ink, ground and what is between them are grey."""


def test_no_number_touches_the_line_of_its_row_or_its_mark() -> None:
    chart = replace(CHART, rows=[STEEP, *CHART.rows[1:]])
    figure = figure_of(chart.kept())
    drawn = io.BytesIO()
    figure.savefig(drawn, format="rgba")
    pixels = numpy.frombuffer(drawn.getvalue(), numpy.uint8).reshape(HEIGHT, WIDTH, 4)[::-1, :, :3] / 255
    touched = []
    for panel in figure.axes:
        for number in panel.texts:
            box = number.get_tightbbox()
            if box is None or not number.get_text():
                continue
            left, low, right, high = (round(edge) for edge in box.extents)
            inside = pixels[low - AROUND : high + AROUND, left - AROUND : right + AROUND]
            if (inside.max(axis=2) - inside.min(axis=2) > COLOURED).any():
                touched.append((number.get_text(), round(left), round(low)))
    assert touched == []
