"""rivage:addlayers: the service's layers, styled and in order, in the open project or in a project file."""
from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputMultipleLayers,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
    QgsProject,
)
from qgis.PyQt.QtCore import QTimer

from ..core.catalogue import name_group, read_catalogue
from ..core.places import read_lakes
from ..core.words import say
from ..layers.access import Access, choose_login
from ..layers.adder import say_added, set_map_crs
from ..layers.task import MadeLayers, make_layers
from ..layers.tree import ensure_group, find_layers, put_layer, replace_layer
from .service_algorithm import ServiceAlgorithm


class AddLayers(ServiceAlgorithm):
    """Makes layers in the algorithm's thread; they reach the project in the GUI's, when it has ended."""

    def __init__(self) -> None:
        super().__init__()
        self._access: Access | None = None
        self._present: dict[str, str] = {}
        self._result: MadeLayers | None = None
        self._file = ''

    def name(self) -> str:
        """Stable."""
        return 'addlayers'

    def displayName(self) -> str:  # noqa: N802 (name given by QGIS)
        """In the toolbox."""
        return say('Add layers', 'Ajouter les couches')

    def shortHelpString(self) -> str:  # noqa: N802 (name given by QGIS)
        """In the dialog."""
        return say(
            'Adds the layers of the Rivage service as one group, styled and in good order: sightings with their '
            'error ellipses, stays, heatmaps, zones, cameras. Layers that are there already are left as they are.\n\n'
            'On PostGIS QGIS reads the views itself: as the user given here (password from ~/.pgpass or PGPASSWORD), '
            'or else by the login that was given to the plugin. With a project file, the layers go into a new '
            'project there instead of the open one.',
            'Ajoute les couches du service Rivage en un groupe, stylées et en bon ordre : observations avec leurs '
            'ellipses d’erreur, séjours, cartes de chaleur, zones, appareils. Les couches déjà présentes restent '
            'telles quelles.\n\n'
            'Sur PostGIS, QGIS lit lui-même les vues : sous l’utilisateur donné ici (mot de passe de ~/.pgpass ou '
            'PGPASSWORD), sinon par le compte donné à l’extension. Avec un fichier de projet, les couches vont dans '
            'un nouveau projet à cet endroit au lieu du projet ouvert.')

    def declare(self) -> None:
        """Where to."""
        self.addParameter(QgsProcessingParameterFileDestination(
            'PROJECT', say('Project file (empty: the open project)', 'Fichier de projet (vide : le projet ouvert)'),
            'QGIS (*.qgz)', optional=True, createByDefault=False))
        self.add_advanced(QgsProcessingParameterString(
            'DATABASE_USER', say('User of the database', 'Utilisateur de la base de données'), optional=True))
        self.addOutput(QgsProcessingOutputMultipleLayers('LAYERS', say('Layers', 'Couches')))
        self.addOutput(QgsProcessingOutputNumber('ADDED', say('Layers added', 'Couches ajoutées')))

    def prepareAlgorithm(self, parameters, context, feedback) -> bool:  # noqa: N802 (name given by QGIS)
        """In the GUI thread: looks what the project has."""
        address = self.read_keys(parameters, context)[0]
        self._file = self.parameterAsFileOutput(parameters, 'PROJECT', context)
        if not self._file and context.project() is not None:
            self._present = {layer_id: layer.source() for layer_id, layer in
                             find_layers(context.project(), address).items() if layer.isValid()}
        return True

    def work(self, parameters, context, feedback) -> dict[str, Any]:
        """Makes the layers."""
        service = self.connect(parameters, context, feedback)
        address, authcfg, token = self.read_keys(parameters, context)
        catalogue = service.get('/api/layers', read_catalogue)
        lakes = service.get('/api/lakes', read_lakes)
        user = self.parameterAsString(parameters, 'DATABASE_USER', context)
        self._access = Access(address, catalogue, lakes, choose_login(catalogue, user), authcfg, token)
        self._result = make_layers(self._access, self._present, feedback.isCanceled, feedback.setProgress)
        for problem in self._result.problems:
            feedback.reportError(problem.detail)
        feedback.pushInfo(say_added(self._result))
        return {'PROJECT': self._file, 'ADDED': len(self._result.made)}

    def postProcessAlgorithm(self, context, feedback) -> dict[str, Any]:  # noqa: N802 (name given by QGIS)
        """In the GUI thread: puts the layers into the project."""
        if self._result is None:
            return {}
        project = QgsProject() if self._file else context.project() or QgsProject.instance()
        is_new = not project.mapLayers()
        group = ensure_group(project, self._access.address, name_group([lake.name for lake in self._access.lakes]))
        for layer, made in self._result.made:
            old = find_layers(project, self._access.address).get(layer.id)
            if old is None:
                project.addMapLayer(made, False)
                put_layer(group, layer, made)
            else:
                replace_layer(project, old, made)
        if is_new:
            set_map_crs(project)
            if not self._file:
                # QGIS, a moment later, gives an open project the CRS of its first layer
                QTimer.singleShot(0, lambda: set_map_crs(QgsProject.instance()))
        if self._file and not project.write(self._file):
            raise QgsProcessingException(say('The project could not be written: {why}',
                                             'Le projet n’a pas pu être écrit : {why}').format(why=project.error()))
        ids = [layer.id() for layer in find_layers(project, self._access.address).values()]
        return {'PROJECT': self._file, 'ADDED': len(self._result.made), 'LAYERS': ids}
