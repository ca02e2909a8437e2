"""Draws one chart and ends: `python drawing.py` reads it from its input as JSON, and writes a PNG.

The only file that imports matplotlib. It runs by itself, so that the bot carries neither the library nor its memory,
and imports nothing of the bot. Colours are alike in light and dark, for the picture has its own background; who sees
no colours tells the rows apart by their places, names and marks.
"""

import io
import json
import signal
import sys
from textwrap import shorten
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

LONGEST = 60
"""Seconds after which this process ends, whatever becomes of the one that waits for it."""
DPI = 100
INK, FAINT, GROUND = "#1b1b1b", "#c9c9c9", "#ffffff"
LOOKS = (("#0063a0", "o"), ("#b04400", "s"), ("#006b4d", "^"), ("#823472", "D"))
"""Of each row: a colour with a contrast of at least 5 on the ground, which the colour-blind tell apart, and a mark."""
TITLE, NAME, VALUE = 27, 24, 20
ABOVE, CLEAR = 25, 5
"""Points from a mark to the middle of its number, and from a number to the line that passes behind it."""
FITS = 1_000
"""Below this every number is written; if a row has greater ones, only its highest and its latest."""


def main() -> None:
    signal.alarm(LONGEST)
    sys.stdout.buffer.write(png(json.load(sys.stdin)))


def png(chart: dict[str, Any]) -> bytes:
    """The picture of a chart (`bot.pictures.chart.Chart.kept`)."""
    drawn = io.BytesIO()
    figure_of(chart).savefig(drawn, format="png", facecolor=GROUND)
    return drawn.getvalue()


def figure_of(chart: dict[str, Any]) -> Figure:
    figure = Figure(figsize=(chart["width"] / DPI, chart["height"] / DPI), dpi=DPI, facecolor=GROUND)
    FigureCanvasAgg(figure)
    figure.text(0.05, 0.965, shorten(chart["title"], 44, placeholder="…"), size=TITLE, weight="bold", **_ink())
    figure.text(0.05, 0.935, chart["period"], size=VALUE, **_ink())
    figure.text(0.05, 0.908, chart["ongoing"], size=VALUE, **_ink())
    figure.subplots_adjust(left=0.06, right=0.94, top=0.83, bottom=0.05, hspace=1.0)
    panels = figure.subplots(len(chart["rows"]), 1, squeeze=False)[:, 0]
    for place, (panel, row) in enumerate(zip(panels, chart["rows"], strict=True)):
        _panel(panel, _Row(row, chart), *LOOKS[place % len(LOOKS)])
        _weeks(panel, chart["weeks"])
    return figure


def _ink() -> dict[str, Any]:
    """Words as they are: a dollar sign in a name begins no formula."""
    return {"color": INK, "parse_math": False, "va": "center"}


class _Row:
    """What is drawn of a row: how high each week is, and what is written there."""

    def __init__(self, row: dict[str, Any], chart: dict[str, Any]) -> None:
        hidden = chart.get("least", 0) / 2
        self.name = row["name"]
        self.values = [hidden if value is None else value for value in row["values"]]
        self.words = [chart["few"] if value is None else str(value) for value in row["values"]]

    @property
    def written(self) -> list[int]:
        """The weeks whose number is written at its mark."""
        if max(self.values) < FITS:
            return list(range(len(self.values)))
        return sorted({self.values.index(max(self.values)), len(self.values) - 1})


def _panel(panel: Axes, row: _Row, colour: str, mark: str) -> None:
    """One row: a line with a mark for each week; that of the week that goes on is empty."""
    values = row.values
    marks: dict[str, Any] = {"color": colour, "marker": mark, "markersize": 11, "clip_on": False}
    last = len(values) - 1
    panel.set_title(row.name, loc="left", size=NAME, weight="bold", color=colour, pad=34, parse_math=False)
    panel.plot(values, linewidth=3, markevery=range(last), **marks)
    panel.plot(last, values[last], markerfacecolor=GROUND, markeredgewidth=3, **marks)
    for week in row.written:
        panel.annotate(row.words[week], (week, values[week]), (0, ABOVE), textcoords="offset points", **_number())
    panel.set_ylim(0, max(*values, 1) * 1.1)
    panel.set_xlim(-0.3, last + 0.3)


def _number() -> dict[str, Any]:
    """A number is written above its mark, on a ground that ends a line before it would touch the number."""
    return {"ha": "center", "size": VALUE, "bbox": {"facecolor": GROUND, "edgecolor": "none", "pad": CLEAR}} | _ink()


def _weeks(panel: Axes, weeks: list[str]) -> None:
    """Every other week is named, the last one among them; only the ground line is drawn."""
    named = list(range(len(weeks) - 1, -1, -2))
    panel.set_xticks(named, [weeks[week] for week in named], size=VALUE - 4, color=INK)
    panel.set_yticks([])
    panel.tick_params(length=0, pad=10)
    for side in ("left", "right", "top"):
        panel.spines[side].set_visible(False)
    panel.spines["bottom"].set_color(FAINT)


if __name__ == "__main__":
    main()
