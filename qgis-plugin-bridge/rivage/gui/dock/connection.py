"""The dock's head: where the service is, and how it is."""
from __future__ import annotations

from html import escape

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import (
    QHBoxLayout, QInputDialog, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget,
)

from ...core.problem import Problem
from ...core.version import read_version
from ...core.words import say
from ...service.address import read_address, write_token
from ..bench import Bench

CHECK_S = 15
_TOKEN_CODES = ('token-missing', 'token-wrong', 'token-unreadable')
_GREEN, _AMBER, _RED, _GREY = '#2e7d32', '#b26a00', '#b3261e', '#6b7378'


class Connection(QWidget):
    """Address, token and state; asks for the service's health every 15 s while the dock is seen."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._asked = False
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(CHECK_S * 1000)
        self._timer.timeout.connect(bench.check)
        bench.connected.connect(self._show_connected)
        bench.disconnected.connect(self._show_problem)
        bench.checked.connect(self._show_connected)
        bench.slow.connect(self._show_slow)

    def address(self) -> str:
        """As written in the field."""
        return self._address.text().strip()

    def watch(self, seen: bool) -> None:
        """Starts or stops the health check, which only runs while the dock is seen."""
        if seen == self._timer.isActive():
            return
        if not seen:
            self._timer.stop()
            return
        self._timer.start()
        self._bench.check()

    def begin(self) -> None:
        """Connects to the address in the field; a failure shows in the state alone, for nobody asked."""
        self._bench.connect_to(self.address())

    def _connect(self) -> None:
        self._asked = True
        self.begin()

    def _ask_token(self, *_pressed) -> None:
        text, given = QInputDialog.getText(
            self, 'Rivage',
            say('Token of the service (RIVAGE_TOKEN there; empty: none). QGIS keeps it in its authentication database.',
                'Jeton du service (RIVAGE_TOKEN là-bas ; vide : aucun). Gardé par QGIS dans sa base d’accès chiffrée.'),
            QLineEdit.EchoMode.Password)
        if not given:
            return
        if write_token(text.strip(), self.address()):
            self._connect()
        else:
            self._bench.notices.tell(Problem('token-not-stored', say(
                'QGIS did not store the token: it needs its master password for that. '
                'Set it in Settings › Options › Authentication.',
                'QGIS n’a pas enregistré le jeton : il lui faut son mot de passe principal. '
                'Définissez-le dans Préférences › Options › Authentification.')))

    def _show_connected(self) -> None:
        health = self._bench.health
        if health is None:
            return
        engine = say('embedded database', 'base intégrée') if health.engine == 'pglite' else 'PostGIS'
        warning = self._bench.mismatch()
        said = say('Connected · Rivage {version} · {engine}', 'Connecté · Rivage {version} · {engine}').format(
            version=escape(health.version), engine=engine)
        self._show(_GREEN if warning is None else _AMBER, said if warning is None else f'{said}<br>{escape(warning)}')
        self._asked = False

    def _show_problem(self, problem: Problem) -> None:
        text = escape(problem.detail)
        if problem.code == 'connecting':
            self._show(_GREY, text)
            return
        if problem.code in _TOKEN_CODES:
            text += f' <a href="token">{say("Give the token…", "Donner le jeton…")}</a>'
        self._show(_RED, text)
        if self._asked:
            self._bench.notices.tell(problem)
        self._asked = False

    def _show_slow(self, problem: Problem) -> None:
        self._show(_AMBER, escape(problem.detail))

    def _show(self, colour: str, text: str) -> None:
        self._state.setText(f'<span style="color:{colour}">●</span> {text}')

    def _build(self) -> None:
        self._address = QLineEdit(read_address())
        self._address.setObjectName('rivageAddress')
        self._address.setToolTip(say('Address of the Rivage service', 'Adresse du service Rivage'))
        self._address.setCursorPosition(0)
        self._address.returnPressed.connect(self._connect)
        connect = QPushButton(say('Connect', 'Connecter'))
        connect.setObjectName('rivageConnect')
        connect.clicked.connect(self._connect)
        token = QToolButton()
        token.setObjectName('rivageToken')
        token.setIcon(QgsApplication.getThemeIcon('/locked.svg'))
        token.setToolTip(say('Token of the service…', 'Jeton du service…'))
        token.clicked.connect(self._ask_token)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._address, 1)
        row.addWidget(token)
        row.addWidget(connect)
        self._state = QLabel()
        self._state.setObjectName('rivageState')
        self._state.setWordWrap(True)
        self._state.linkActivated.connect(self._ask_token)
        self._state.setToolTip(say('Plugin {version}', 'Extension {version}').format(version=read_version()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._state)
        self._show(_GREY, say('Not connected', 'Non connecté'))
