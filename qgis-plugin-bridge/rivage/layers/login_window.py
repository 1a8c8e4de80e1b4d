"""Asks once for a login to the service's database."""
from __future__ import annotations

from collections.abc import Callable

from qgis.gui import QgsPasswordLineEdit
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ..core.catalogue import PostgisSource
from ..core.problem import ServiceProblem
from ..core.words import say
from .login import Login, write_login


class LoginWindow(QDialog):
    """User and password of a database. The password goes into QGIS's authentication database and nowhere else."""

    def __init__(self, source: PostgisSource, on_login: Callable[[Login], None], on_problem,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._on_login = on_login
        self._on_problem = on_problem
        self.setObjectName('RivageLogin')
        self.setWindowTitle(say('Database of Rivage', 'Base de données de Rivage'))
        self.setMinimumWidth(420)
        about = QLabel(say(
            'QGIS reads the layers straight from <b>{place}</b>. Give a login that may read Rivage’s views (role '
            '{role}). The password is kept encrypted in QGIS’s authentication database, never in a project.',
            'QGIS lit les couches directement dans <b>{place}</b>. Donnez un compte qui peut lire les vues de Rivage '
            '(rôle {role}). Le mot de passe est gardé chiffré dans la base d’authentification de QGIS, jamais dans '
            'un projet.').format(place=source.place, role=source.role))
        about.setWordWrap(True)
        self._user = QLineEdit(source.role)
        self._user.setObjectName('rivageDatabaseUser')
        self._password = QgsPasswordLineEdit()
        self._password.setObjectName('rivageDatabasePassword')
        self._password.setPlaceholderText(say('empty: none is needed', 'vide : aucun n’est demandé'))
        form = QFormLayout()
        form.addRow(say('User', 'Utilisateur'), self._user)
        form.addRow(say('Password', 'Mot de passe'), self._password)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(about)
        layout.addLayout(form)
        layout.addWidget(buttons)

    def accept(self) -> None:
        """Keeps the login and goes on."""
        super().accept()
        try:
            login = write_login(self._source, self._user.text().strip(), self._password.text())
        except ServiceProblem as problem:
            self._on_problem(problem.problem)
            return
        self._on_login(login)


def ask_login(bench) -> Callable[[PostgisSource, Callable[[Login], None]], None]:
    """What LayerAdder asks people by: a window over QGIS's, which does not stop QGIS."""
    # a window that only Qt holds loses its Python half, and with it what its buttons do
    open_windows: set[LoginWindow] = set()

    def ask(source: PostgisSource, on_login: Callable[[Login], None]) -> None:
        window = LoginWindow(source, on_login, bench.notices.tell, bench.iface.mainWindow())
        open_windows.add(window)
        window.finished.connect(lambda _code: close(window))
        window.open()

    def close(window: LoginWindow) -> None:
        open_windows.discard(window)
        window.deleteLater()

    return ask
