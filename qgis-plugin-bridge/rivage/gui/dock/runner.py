"""The dock's run section: starts a run, follows it, cancels it, finds it again when QGIS was closed meanwhile."""
from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ...core.problem import Problem
from ...core.run import Run, ask_run, read_run, read_runs, say_run
from ...core.words import say
from ...service.http import Call
from ..bench import Bench
from .choice import Choice

POLL_MS = 1000
REFRESH_POLLS = 60
_GONE_CODES = ('service-unreachable', 'service-slow')


class Runner(QWidget):
    """
    Follows one run at a time. Asks once a second while one is under way, and not at all otherwise.

    It goes on when the dock is hidden, so that layers are read anew when the run ends. Every 60 s counts and season
    are read anew too.
    """

    def __init__(self, bench: Bench, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._choice = choice
        self._run: Run | None = None
        self._call: Call | None = None
        self._polls = 0
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        bench.connected.connect(self._find)
        bench.run_started.connect(self._find)
        bench.disconnected.connect(self._enable)
        bench.chosen.connect(self._enable)
        self._enable()

    def stop(self) -> None:
        """Follows no more; the run itself goes on in the service."""
        self._timer.stop()
        if self._call is not None:
            self._call.cancel()

    def _start(self) -> None:
        start, end = self._choice.days()
        body = ask_run(self._bench.camera_ids, start, end, self._choice.model_id())
        self._process.setEnabled(False)
        self._call = self._bench.service.send('POST', '/api/runs', body, self._take, self._refused, read_run)

    def _refused(self, problem: Problem) -> None:
        self._bench.notices.tell(problem)
        self._enable()

    def _cancel(self) -> None:
        if self._run is not None:
            self._cancel_button.setEnabled(False)
            self._say(say('Cancelling…', 'Annulation…'))
            self._bench.service.send('DELETE', f'/api/runs/{self._run.id}', None, lambda _run: None, self._refused)

    def _find(self) -> None:
        """Looks for a run that is under way already."""
        self.stop()
        self._call = self._bench.service.get('/api/runs?limit=20', self._take_runs, self._bench.notices.tell, read_runs)

    def _take_runs(self, runs: list[Run]) -> None:
        followed = next((run for run in runs if self._run is not None and run.id == self._run.id), None)
        under_way = [run for run in runs if run.under_way]
        if self._run is not None and self._run.under_way and followed is not None:
            self._take(followed)
        elif under_way:
            self._take(next((run for run in under_way if run.state == 'running'), under_way[-1]))
        elif followed is None:
            self._forget()
            self._say(self._find_hindrance())

    def _forget(self) -> None:
        """Another service, or one that does not know the run: there is nothing to show."""
        self._run = None
        self._bar.setVisible(False)
        self._say('')
        self._enable()

    def _say(self, text: str) -> None:
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def _poll(self) -> None:
        if self._run is not None:
            self._call = self._bench.service.get(f'/api/runs/{self._run.id}', self._take, self._lose, read_run)

    def _take(self, run: Run) -> None:
        if self._bench.health is None:
            self._bench.check()  # it is back
        self._run = run
        self._show(run)
        if not run.under_way:
            self._end(run)
            return
        self._timer.start()
        self._polls += 1
        if self._polls % REFRESH_POLLS == 0:
            self._bench.refresh()

    def _end(self, run: Run) -> None:
        if run.state == 'failed':
            self._bench.notices.tell(Problem('run-failed', say_run(run)))
        elif run.state == 'done':
            self._bench.notices.inform(say_run(run))
        self._bench.end_run(run)

    def _lose(self, problem: Problem) -> None:
        """The service is gone in mid-job: what is stored stays, and the run goes on when the service is back."""
        if problem.code in _GONE_CODES:
            self._say(say('The service is gone. The run goes on when it is back.',
                          'Le service ne répond plus. Le traitement reprendra à son retour.'))
            self._bench.report(problem)
            self._timer.start()
            return
        self._bench.notices.tell(problem)
        self._forget()

    def _show(self, run: Run) -> None:
        self._bar.setVisible(True)
        if run.under_way and not run.total:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, run.total or 1)
            self._bar.setValue(run.done if run.total else 1)
        self._say(say_run(run))
        self._enable()

    def _enable(self, _problem: Problem | None = None) -> None:
        bench = self._bench
        under_way = self._run is not None and self._run.under_way
        hindrance = self._find_hindrance()
        self._process.setEnabled(bench.health is not None and not under_way and not hindrance)
        self._process.setToolTip(hindrance or say('Looks for new photos of the ticked cameras and processes them',
                                                  'Cherche les nouvelles photos des appareils cochés et les traite'))
        self._cancel_button.setVisible(under_way)
        self._cancel_button.setEnabled(under_way and bench.health is not None)

    def _find_hindrance(self) -> str:
        """Why nothing can be processed, and what to do; empty: nothing is in the way."""
        bench = self._bench
        if not bench.cameras:
            return say('The workspace has no camera: describe one in its cameras folder, and start the service again.',
                       'L’espace de travail n’a aucun appareil : décrivez-en un dans cameras et relancez le service.')
        if self._choice.model_id() is None:
            return say('No detection model is installed: put one into the models folder of Rivage.',
                       'Aucun modèle de détection n’est installé : placez-en un dans le dossier models de Rivage.')
        if not bench.camera_ids:
            return say('Tick the cameras to process.', 'Cochez les appareils à traiter.')
        return ''

    def _build(self) -> None:
        self._process = QPushButton(QgsApplication.getThemeIcon('/mActionStart.svg'), say('Process', 'Traiter'))
        self._process.setObjectName('rivageProcess')
        self._process.clicked.connect(self._start)
        self._cancel_button = QPushButton(say('Cancel', 'Annuler'))
        self._cancel_button.setObjectName('rivageCancel')
        self._cancel_button.clicked.connect(self._cancel)
        self._bar = QProgressBar()
        self._bar.setObjectName('rivageProgress')
        self._bar.setVisible(False)
        self._text = QLabel()
        self._text.setObjectName('rivageProgressText')
        self._text.setWordWrap(True)
        self._text.setVisible(False)
        row = QHBoxLayout()
        row.addWidget(self._process, 1)
        row.addWidget(self._cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._bar)
        column.addWidget(self._text)
