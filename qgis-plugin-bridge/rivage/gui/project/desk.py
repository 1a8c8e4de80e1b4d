"""The map project of a workspace: opened, built where there is none yet, and stored for everybody."""
from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QCursor
from qgis.PyQt.QtWidgets import QMenu

from ...core.problem import Problem
from ...core.words import say, say_number
from ...layers.access import Access, AskLogin, open_access
from ...layers.adder import LayerAdder
from .build import ProjectBuilder, find_secrets


class ProjectDesk(QObject):
    """One for the plugin. `open()` is the button: it offers to open and to store."""

    def __init__(self, bench, adder: LayerAdder, ask_login: AskLogin, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._adder = adder
        self._ask_login = ask_login
        self._builder = ProjectBuilder(bench, adder)
        self._menu: QMenu | None = None

    def open(self) -> None:
        """Shows what can be done, at the mouse."""
        if self._menu is None:
            self._menu = QMenu(self._bench.iface.mainWindow())
            self._menu.setObjectName('rivageProjectMenu')
            for name, text, act in (
                ('rivageProjectOpen', say('Open the map project', 'Ouvrir le projet de carte'), self.open_project),
                ('rivageProjectStore', say('Store this project for everybody', 'Enregistrer ce projet pour tous'),
                 self.store_project),
            ):
                action = self._menu.addAction(text)
                action.setObjectName(name)
                action.triggered.connect(lambda _checked, act=act: act())
        self._menu.popup(QCursor.pos())

    def close(self) -> None:
        """Drops what is being built."""
        self._builder.close()
        if self._menu is not None:
            self._menu.deleteLater()

    def open_project(self) -> None:
        """Opens the workspace's project; builds a first one where there is none."""
        open_access(self._bench, self._ask_login, self._fetch)

    def build(self, access: Access) -> None:
        """Builds a first project in place of the open one."""
        self._builder.build(access)

    def store_project(self) -> None:
        """Saves the open project and sends it to the service. One that holds a password is refused."""
        project = QgsProject.instance()
        secrets = find_secrets(project)
        if secrets:
            self._bench.notices.tell(_holds_password(secrets))
            return
        if not project.fileName():
            project.setFileName(str(_own_file(self._bench.service.address)))
        if not project.fileName().lower().endswith('.qgz'):
            self._bench.notices.tell(_not_qgz(project.fileName()))
            return
        if not project.write():
            self._bench.notices.tell(Problem('project-not-written', project.error()))
            return
        data = Path(project.fileName()).read_bytes()
        self._bench.service.send_bytes('PUT', '/api/project', data, lambda _stored: self._bench.notices.inform(
            say('The project is stored for everybody who uses this service ({kb} kB).',
                'Le projet est enregistré pour tous les utilisateurs de ce service ({kb} ko).').format(
                kb=say_number(len(data) / 1000))), self._bench.notices.tell)

    def _fetch(self, access: Access) -> None:
        def fail(problem: Problem) -> None:
            if problem.code == 'project-missing':
                self.build(access)
            else:
                self._bench.notices.tell(problem)

        self._bench.service.get_bytes('/api/project', lambda data: self._show(access, data), fail)

    def _show(self, access: Access, data: bytes) -> None:
        """QGIS opens the file itself, and asks about changes that were not saved."""
        file = _own_file(access.address)
        file.write_bytes(data)
        if self._bench.iface.addProject(str(file)):
            self._adder.refresh()


def _own_file(address: str) -> Path:
    """Where this user's copy of a service's project is."""
    folder = Path(QgsApplication.qgisSettingsDirPath()) / 'rivage' / urlsplit(address).netloc.replace(':', '_')
    folder.mkdir(parents=True, exist_ok=True)
    return folder / 'project.qgz'


def _holds_password(names: list[str]) -> Problem:
    return Problem('project-with-password', say(
        'Not stored: the project holds the password of {names}. Put it into an authentication (layer properties › '
        'Source, or the connection’s settings) and store the project again.',
        'Non enregistré : le projet contient le mot de passe de {names}. Mettez-le dans une authentification '
        '(propriétés de la couche › Source, ou réglages de la connexion) et enregistrez à nouveau.',
    ).format(names=', '.join(names)))


def _not_qgz(file: str) -> Problem:
    return Problem('project-not-qgz', say(
        'Not stored: {file} is no .qgz file. Save the project as .qgz (Project › Save As) and store it again.',
        'Non enregistré : {file} n’est pas un fichier .qgz. Enregistrez le projet en .qgz (Projet › Enregistrer '
        'sous) puis recommencez.').format(file=file))
