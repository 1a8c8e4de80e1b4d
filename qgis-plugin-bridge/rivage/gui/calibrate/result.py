"""What the live solve says, in words: errors, advice, checks."""
from __future__ import annotations

from html import escape

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QWidget

from ...core.gcps_solved import Solved, pose_line, summary
from ...core.words import say

GOOD, WARN, BAD, QUIET = '#2e7d32', '#b26a00', '#b3261e', '#6b7378'


class ResultLabel(QLabel):
    """The result of the last solve, or why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName('rivageResult')
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        # As high as a result without complaints, so that nothing jumps while one is awaited.
        self.setMinimumHeight(5 * self.fontMetrics().lineSpacing())
        self._asking = False
        self._text = ''

    def show_solved(self, solved: Solved) -> None:
        """RMSE, LOO, advice and the checks that failed."""
        colour = BAD if solved.failed_checks else WARN if solved.outliers else GOOD
        lines = [f'<b style="color:{colour}">{escape(summary(solved))}</b>', escape(solved.advice)]
        lines += [f'<span style="color:{BAD}">⚠ {escape(sentence)}</span>' for sentence in solved.failed_checks]
        if not solved.failed_checks and solved.checks:
            passed = say('All {n} checks passed.', 'Les {n} vérifications sont bonnes.').format(n=solved.checks)
            lines.append(f'<span style="color:{GOOD}">✓ {passed}</span>')
        lines.append(f'<span style="color:{QUIET}">{escape(pose_line(solved))}</span>')
        self._show('<br>'.join(lines))

    def show_refused(self, sentence: str) -> None:
        """Why the points cannot be solved."""
        self._show(f'<span style="color:{BAD}">⚠ {escape(sentence)}</span>')

    def show_waiting(self, count: int) -> None:
        """So few points are whole that nothing can be solved."""
        self._show('<span style="color:{colour}">{text}</span>'.format(colour=QUIET, text=say(
            '{n} of at least 3 points are whole. 8 to 20, spread over the whole picture, near and far, are good.',
            '{n} points complets sur 3 au moins. 8 à 20, répartis sur toute l’image, près et loin, sont un bon choix.',
        ).format(n=count)))

    def show_asking(self, asking: bool) -> None:
        """Marks the result as being worked out anew."""
        self._asking = asking
        self._draw()

    def _show(self, html: str) -> None:
        self._text = html
        self._draw()

    def _draw(self) -> None:
        solving = f' <i style="color:{QUIET}">{say("Solving…", "Calcul…")}</i>' if self._asking else ''
        first, line_break, rest = self._text.partition('<br>')
        self.setText(first + solving + line_break + rest)
