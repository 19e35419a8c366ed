"""Charts as SVG, made on this machine: Altair says what is drawn, vl-convert draws it, nothing is fetched.

For, against and neither are told apart by colour and by shape: a circle, a cross and a diamond. A mark that is filled
has the party's own words or document behind it, one that is open only the word of others. Stretches of time without
accounts are left out: talks come in rounds with years between them. Every page with a chart has its
numbers in a table, so a picture's text for those who cannot see it only says what it shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from parley.analysis.timeline import Timeline

Theme = Literal["light", "dark"]
Width = Literal["wide", "narrow"]
WIDTHS: dict[Width, int] = {"wide": 760, "narrow": 340}
"""Units of the picture, which a page scales to its own width."""
ROW = 30
LABEL = {"wide": 170, "narrow": 100}
"""Units for a row's name at most; a longer one is cut."""
FONT = "sans-serif"

POLARITIES = ("for", "against", "neutral")
SHAPES = ("circle", "cross", "diamond")
SHAPE_WORDS = (
    "A circle is for, a cross against, a diamond neither; filled rests on the party's own words, open on others' alone."
)


@dataclass(frozen=True)
class Ink:
    """Colours of a theme: those of ``static/parley.css``, on a ground that is left clear."""

    text: str
    soft: str
    rule: str
    polarity: tuple[str, str, str]
    bar: str


INKS: dict[Theme, Ink] = {
    "light": Ink("#1c1c1a", "#5f5b54", "#dcd8ce", ("#0072b2", "#b54800", "#76716a"), "#0072b2"),
    "dark": Ink("#e6e3dc", "#a9a59a", "#36383d", ("#56b4e9", "#ff9a57", "#9a968c"), "#56b4e9"),
}


def positions(found: Timeline, titles: dict[str, str], *, theme: Theme, width: Width) -> str:
    """Positions over time, one row for each party or issue.

    Args:
        found: the points.
        titles: what each row is called.
        theme: for a light or a dark page.
        width: for a wide or a narrow page.
    """
    import altair as alt

    order = [titles[row] for row in dict.fromkeys(point.row for point in found.points)]
    rows = [
        {"row": titles[point.row], "at": stretch(point.at, found.unit), "polarity": point.polarity,
         "accounts": point.accounts, "ground": "own words" if point.own else "others"}
        for point in found.points
    ]  # fmt: skip
    ink = INKS[theme]
    colour = alt.Color(
        "polarity:N", scale=alt.Scale(domain=POLARITIES, range=ink.polarity), legend=_legend(alt, "Stance")
    )
    shape = alt.Shape("polarity:N", scale=alt.Scale(domain=POLARITIES, range=SHAPES), legend=_legend(alt, "Stance"))
    filled = alt.condition(alt.datum.ground == "own words", alt.value(1), alt.value(0))
    chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_point(filled=False, strokeWidth=1.6, opacity=1)
        .encode(
            x=_time(alt),
            y=alt.Y("row:N", sort=order, title=None, axis=alt.Axis(grid=True, labelLimit=LABEL[width])),
            yOffset=alt.YOffset("polarity:N", scale=alt.Scale(domain=POLARITIES)),
            stroke=colour,
            fill=alt.Fill("polarity:N", scale=alt.Scale(domain=POLARITIES, range=ink.polarity), legend=None),
            fillOpacity=filled,
            shape=shape,
            size=alt.Size("accounts:Q", scale=alt.Scale(type="sqrt", range=[40, 170]), legend=None),
        )
        .properties(width=WIDTHS[width] - LABEL[width], height=ROW * max(1, len(order)))
    )
    return _svg(_dressed(chart, ink))


def bars(rows: Sequence[dict[str, Any]], *, theme: Theme, width: Width) -> str:
    """Accounts by stretch of time, a triangle over those with talks.

    Args:
        rows: stretch, accounts, and talks: whether several outlets tell of a meeting or talks then.
        theme: for a light or a dark page.
        width: for a wide or a narrow page.
    """
    import altair as alt

    ink = INKS[theme]
    top = max(row["accounts"] for row in rows)
    base = alt.Chart(alt.InlineData(values=list(rows))).encode(x=_time(alt))
    told = base.mark_bar(color=ink.bar).encode(
        y=alt.Y(
            "accounts:Q",
            title="Accounts",
            axis=alt.Axis(tickCount=4, tickMinStep=1),
            scale=alt.Scale(domainMax=1.15 * top),
        )
    )
    talks = base.transform_filter("datum.talks").mark_point(shape="triangle-down", size=70, filled=True, opacity=1,
        color=ink.text, yOffset=-9).encode(y="accounts:Q")  # fmt: skip
    return _svg(_dressed((told + talks).properties(width=WIDTHS[width] - 60, height=150), ink))


def ready() -> None:
    """Load the libraries that draw, which takes seconds the first time."""
    import altair
    import vl_convert

    assert altair and vl_convert  # noqa: PT018


def stretch(day: str, unit: str) -> str:
    """What a stretch of time is called by its first day: a month without its day."""
    return day[:7] if unit == "month" else day


def _time(alt: Any) -> Any:
    axis = alt.Axis(grid=False, labelAngle=-50, labelOverlap="greedy")
    return alt.X("at:O", title=None, axis=axis, sort="ascending")


def _legend(alt: Any, title: str) -> Any:
    return alt.Legend(title=None, orient="top", symbolStrokeWidth=1.6, symbolFillColor="transparent", columns=3)


def _dressed(chart: Any, ink: Ink) -> Any:
    text = {"labelColor": ink.text, "titleColor": ink.soft, "labelFontSize": 12, "titleFontSize": 12}
    fonts = {"labelFont": FONT, "titleFont": FONT, "titleFontWeight": "normal"}
    return (
        chart.configure(background="transparent", font=FONT)
        .configure_view(stroke=None)
        .configure_axis(gridColor=ink.rule, domainColor=ink.soft, tickColor=ink.soft, **text, **fonts)
        .configure_legend(**text, **fonts)
    )


def _svg(chart: Any) -> str:
    """The picture. Fonts and maps that a drawing could load are not: there is no address in it."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart.to_dict(), allowed_base_urls=[]))
