"""Texts in the language of QGIS's user: French or English."""
from __future__ import annotations

from datetime import date

_language = 'en'


def set_language(locale: str) -> None:
    """Chooses the language by a locale such as `fr_FR`; all but French is English."""
    global _language
    _language = 'fr' if locale.lower().startswith('fr') else 'en'


def language() -> str:
    """`fr` or `en`; also what requests send as Accept-Language."""
    return _language


def say(english: str, french: str) -> str:
    """The text in the user's language. Figures go in afterwards: `say('{n} photos', '{n} photos').format(n=…)`."""
    return french if _language == 'fr' else english


def say_number(value: float, decimals: int = 0) -> str:
    """A figure with the separators of the language: 12,345.6 or 12 345,6."""
    text = f'{value:,.{decimals}f}'
    if _language == 'fr':
        return text.replace(',', '\u202f').replace('.', ',')
    return text


def say_duration(seconds: float) -> str:
    """A duration in its two largest units: 40 s, 3 min, 2 h 05 min."""
    if seconds < 60:
        return f'{max(1, round(seconds))} s'
    minutes = round(seconds / 60)
    if minutes < 60:
        return f'{minutes} min'
    return f'{minutes // 60} h {minutes % 60:02d} min'


def say_day(day: date) -> str:
    """A day as people write it: 3 Jul 2025, 3 juil. 2025."""
    months = say(
        'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
        'janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.',
    ).split()
    return f'{day.day} {months[day.month - 1]} {day.year}'
