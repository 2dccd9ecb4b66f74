"""Numbers as pages write them: a minus sign of its own, shares in percent, large amounts short."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from babel.numbers import format_compact_decimal, get_currency_name

NONE = "–"


def short_number(number: float | None, lang: str) -> str:
    """28000000 as "28M" or "2800万"; nothing and 0 as a dash."""
    locale = "zh_Hans" if lang == "zh" else "en"
    return format_compact_decimal(number, locale=locale, fraction_digits=1) if number else NONE


def money(amount: float | None, currency: str | None, lang: str) -> str:
    """28000000 CNY as "CNY 28M" or 2800万元; without a currency the number alone."""
    said = short_number(amount, lang)
    if not currency or said == NONE:
        return said
    if lang != "zh":
        return f"{currency} {said}"
    return said + ("元" if currency == "CNY" else get_currency_name(currency, locale="zh_Hans"))


def whole(number: float | None) -> str:
    """Without decimals; a dash for nothing."""
    return NONE if number is None else _with_minus(f"{number:,.0f}")


def tenth(number: float | None) -> str:
    """With one decimal; a dash for nothing."""
    return NONE if number is None else _with_minus(f"{number:,.1f}")


def hundredth(number: float | None) -> str:
    """With two decimals; a dash for nothing."""
    return NONE if number is None else _with_minus(f"{number:,.2f}")


def signed(number: float | None) -> str:
    """Whole, with its sign: "+5", "−46", "0"."""
    if number is None:
        return NONE
    return "0" if round(number) == 0 else _with_minus(f"{number:+,.0f}")


def signed_tenth(number: float) -> str:
    """With its sign and one decimal: "+30.8", "−1.5"."""
    return _with_minus(f"{number:+,.1f}")


def percent(share: float | None) -> str:
    """A share of 1 in percent; one decimal below a tenth, and near 1, which nothing else is said to be."""
    if share is None:
        return NONE
    if 0.99 < share < 1:
        return f"{min(share, 0.999):.1%}"
    return _with_minus(f"{share:.1%}".replace(".0%", "%") if 0 < abs(share) < 0.0995 else f"{share:.0%}")


def width(number: float | None, most: float = 100.0) -> str:
    """How long a bar is, 0 to 100, for an attribute of a drawing."""
    part = 0.0 if not number or most <= 0 else 100 * number / most
    return f"{min(max(part, 0.0), 100.0):.2f}"


def _with_minus(text: str) -> str:
    """A hyphen is shorter than a plus and breaks off at the end of a line."""
    return text.replace("-", "−")


FIGURES: dict[str, Callable[..., Any]] = {
    "whole": whole,
    "tenth": tenth,
    "hundredth": hundredth,
    "signed": signed,
    "signed_tenth": signed_tenth,
    "percent": percent,
    "width": width,
}
