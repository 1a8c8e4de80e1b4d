"""rivage:process: starts a run in the service and waits for its end."""
from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterEnum,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone

from ..core.places import Camera, Lake, read_cameras, read_lakes
from ..core.problem import Problem, ServiceProblem
from ..core.run import Run, read_run, say_run
from ..core.words import say
from ..service.blocking import BlockingService
from .service_algorithm import ServiceAlgorithm

_KINDS = ('process', 'relocate')
_POLL_S = 1.0
_PATIENCE = 60
"""How many polls in a row may find the service gone before we give up: it may be starting again."""


class Process(ServiceAlgorithm):
    """Runs in the service; cancelling the algorithm cancels the run, and what is done stays."""

    def name(self) -> str:
        """Stable."""
        return 'process'

    def displayName(self) -> str:  # noqa: N802 (name given by QGIS)
        """In the toolbox."""
        return say('Process photos', 'Traiter des photos')

    def shortHelpString(self) -> str:  # noqa: N802 (name given by QGIS)
        """In the dialog."""
        return say(
            'Detects persons, tents and boats in photos that the model has not seen yet, and puts them on the ground. '
            'The work is done by the Rivage service; this waits for its end and shows how far it is. Cancelling '
            'cancels the run; photos that are done stay.\n\n'
            'Cameras: their identifiers, separated by commas; empty: all. Days: whole days in the time zone of the '
            'lake, the last one included; empty: all. “Locate anew” puts what was detected before on the ground '
            'again, after a new calibration or shoreline.',
            'Détecte personnes, tentes et bateaux dans les photos que le modèle n’a pas encore vues, et les place au '
            'sol. Le travail est fait par le service Rivage ; cet algorithme attend sa fin et montre où il en est. '
            'Annuler arrête le traitement ; les photos faites le restent.\n\n'
            'Appareils : leurs identifiants, séparés par des virgules ; vide : tous. Jours : jours entiers dans le '
            'fuseau horaire du lac, le dernier compris ; vide : tous. « Localiser à nouveau » replace au sol ce qui '
            'a été détecté, après une nouvelle calibration ou une nouvelle rive.')

    def declare(self) -> None:
        """Which photos, with which model."""
        day = QgsProcessingParameterDateTime.Type.Date
        self.addParameter(QgsProcessingParameterString(
            'CAMERAS', say('Cameras (identifiers, separated by commas)',
                           'Appareils (identifiants, séparés par des virgules)'), optional=True))
        self.addParameter(QgsProcessingParameterDateTime('FROM', say('First day', 'Premier jour'), day, optional=True))
        self.addParameter(QgsProcessingParameterDateTime('TO', say('Last day', 'Dernier jour'), day, optional=True))
        self.addParameter(QgsProcessingParameterString('MODEL', say('Model (identifier)', 'Modèle (identifiant)'),
                                                       optional=True))
        self.add_advanced(QgsProcessingParameterEnum(
            'KIND', say('What to do', 'Que faire'),
            [say('Detect and locate', 'Détecter et localiser'), say('Locate anew', 'Localiser à nouveau')],
            defaultValue=0))
        self.addOutput(QgsProcessingOutputString('RUN_ID', say('Run', 'Traitement')))
        self.addOutput(QgsProcessingOutputString('STATE', say('State', 'État')))
        self.addOutput(QgsProcessingOutputNumber('TOTAL', say('Photos to process', 'Photos à traiter')))
        self.addOutput(QgsProcessingOutputNumber('DONE', say('Photos finished', 'Photos finies')))
        self.addOutput(QgsProcessingOutputNumber('FAILED', say('Photos that failed', 'Photos en échec')))

    def work(self, parameters, context, feedback) -> dict[str, Any]:
        """Starts, waits, cancels."""
        service = self.connect(parameters, context, feedback)
        run = service.send('POST', '/api/runs', self._ask(parameters, context, service), read_run)
        feedback.pushInfo(say('Run {id}', 'Traitement {id}').format(id=run.id))
        try:
            run = _follow(service, run, feedback)
        except ServiceProblem as failure:
            if failure.problem.code != 'canceled':
                raise
            address, authcfg, token = self.read_keys(parameters, context)
            # until it has ended: a photo under way is finished first
            unheeding = BlockingService(address, authcfg, token)
            run = _follow(unheeding, unheeding.send('DELETE', f'/api/runs/{run.id}', read=read_run), feedback)
            feedback.pushWarning(say_run(run))
        if run.state == 'failed':
            raise QgsProcessingException(run.error or say_run(run))
        feedback.pushInfo(say_run(run))
        return {'RUN_ID': run.id, 'STATE': run.state, 'TOTAL': run.total, 'DONE': run.done, 'FAILED': run.failed}

    def _ask(self, parameters, context, service: BlockingService) -> dict[str, Any]:
        """The body of POST /api/runs."""
        body: dict[str, Any] = {'kind': _KINDS[self.parameterAsEnum(parameters, 'KIND', context)]}
        chosen = [text.strip() for text in self.parameterAsString(parameters, 'CAMERAS', context).split(',')]
        chosen = [camera for camera in chosen if camera]
        if chosen:
            body['cameraIds'] = chosen
        model = self.parameterAsString(parameters, 'MODEL', context)
        if model:
            body['modelId'] = model
        days = {name: self.parameterAsDateTime(parameters, name, context).date() for name in ('FROM', 'TO')}
        if any(day.isValid() for day in days.values()):
            zone = _find_zone(chosen, service.get('/api/cameras', read_cameras), service.get('/api/lakes', read_lakes))
            if days['FROM'].isValid():
                body['from'] = _midnight(days['FROM'], zone)
            if days['TO'].isValid():
                body['to'] = _midnight(days['TO'].addDays(1), zone)
        return body


def _follow(service: BlockingService, run: Run, feedback: QgsProcessingFeedback) -> Run:
    """Looks once a second until the run has ended. Raises ServiceProblem."""
    missed = 0
    while run.under_way:
        service.pause(_POLL_S)
        try:
            run = service.get(f'/api/runs/{run.id}', read_run)
            missed = 0
        except ServiceProblem as failure:
            missed += 1
            if failure.problem.code not in ('service-unreachable', 'service-slow') or missed > _PATIENCE:
                raise
            if missed == 1:
                feedback.pushWarning(failure.problem.detail)
        feedback.setProgressText(say_run(run))
        if run.total:
            feedback.setProgress(100 * run.done / run.total)
    return run


def _find_zone(camera_ids: list[str], cameras: list[Camera], lakes: list[Lake]) -> str:
    """The one time zone of the lakes of these cameras (none named: all). Raises ServiceProblem."""
    lake_ids = {camera.lake_id for camera in cameras if not camera_ids or camera.id in camera_ids}
    zones = {lake.time_zone for lake in lakes if lake.id in lake_ids}
    if len(zones) > 1:
        raise ServiceProblem(Problem('time-zones-differ', say(
            'The lakes of these cameras are in several time zones ({zones}): choose cameras of one of them.',
            'Les lacs de ces appareils sont dans plusieurs fuseaux horaires ({zones}) : choisissez les appareils de '
            'l’un d’eux.').format(zones=', '.join(sorted(zones)))))
    return zones.pop() if zones else 'UTC'


def _midnight(day: QDate, zone: str) -> str:
    return QDateTime(day, QTime(0, 0), QTimeZone(zone.encode())).toUTC().toString(Qt.DateFormat.ISODate)
