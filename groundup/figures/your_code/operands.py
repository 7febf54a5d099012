"""Two operands of a failing operation, drawn to scale, with the sizes that clash."""

from __future__ import annotations

import html
from dataclasses import dataclass

from groundup.figures.theme import Palette
from groundup.your_code.clashes import Clash, Operand

LONGEST = 110.0
"""The longest side, in pixels."""
SHORTEST = 7.0
_LETTER = 8.5
_TOP = 24.0
_LEFT = 44.0


def clashing(found: Clash, colours: Palette) -> str:
    """HTML: ``found``'s operands side by side, their clashing sizes bold and crossed."""
    longest = max(max(_sides(one)) for one in (found.left, found.right))
    drawing = _Drawing(LONGEST / longest, colours)
    first, end = drawing.operand(found.left, found.left_dim, 0.0)
    middle = (end + 14, _TOP + LONGEST / 2)
    second, width = drawing.operand(found.right, found.right_dim, end + 42)
    height = LONGEST + 56
    label = html.escape(found.said, quote=True)
    # Streamlit takes drawings out of a page's HTML, and leaves boxes in it.
    size = f"width:{width:.0f}px;height:{height:.0f}px"
    return (
        f'<div role="img" aria-label="{label}" style="position:relative;{size}">'
        f"{first}{_text(middle, found.sign, colours.text)}{second}</div>"
    )


@dataclass(frozen=True)
class _Drawing:
    scale: float
    colours: Palette

    def operand(self, one: Operand, clashes: int, left: float) -> tuple[str, float]:
        """``one`` with its sizes at its sides and its name beneath, and where it ends."""
        rows, columns = _sides(one)
        tall, wide = (max(SHORTEST, size * self.scale) for size in (rows, columns))
        room, last = max(wide, len(one.written) * _LETTER), len(one.sizes or ()) - 1
        x, y = left + _LEFT + (room - wide) / 2, _TOP + (LONGEST - tall) / 2
        name = _text((x + wide / 2, LONGEST + 48), one.written, self.colours.text, "monospace")
        parts = [self._box(x, y, wide, tall), name]
        parts.append(self._size((x + wide / 2, y - 12), columns, clashes == last))
        if last:
            parts.append(self._size((x - 20, y + tall / 2), rows, clashes == last - 1))
        return "".join(parts), left + _LEFT + room + 10

    def _box(self, x: float, y: float, wide: float, tall: float) -> str:
        place = f"left:{x:.1f}px;top:{y:.1f}px;width:{wide:.1f}px;height:{tall:.1f}px"
        looks = f"border:2px solid {self.colours.blue};background:{self.colours.blue}2e"
        return f'<div style="position:absolute;box-sizing:border-box;{place};{looks}"></div>'

    def _size(self, place: tuple[float, float], size: int, clashes: bool) -> str:
        if not clashes:
            return _text(place, str(size), self.colours.muted)
        return f"<b>{_text(place, f'✗ {size}', self.colours.red)}</b>"


def _sides(one: Operand) -> tuple[int, int]:
    """Rows and columns as drawn: of more dimensions the last two, of one a row."""
    sizes = one.sizes or ()
    return (sizes[-2] if len(sizes) > 1 else 1), sizes[-1]


def _text(place: tuple[float, float], text: str, colour: str, family: str = "sans-serif") -> str:
    x, y = place
    at = f"left:{x:.1f}px;top:{y:.1f}px;transform:translate(-50%,-50%)"
    looks = f"white-space:nowrap;color:{colour};font-size:14px;font-family:{family}"
    return f'<span style="position:absolute;{at};{looks}">{html.escape(text)}</span>'
