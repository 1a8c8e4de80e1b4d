"""What Rivage's algorithms have in common: where the service is, and failures that say what to do."""
from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterString,
)

from ..core.problem import ServiceProblem
from ..core.words import say
from ..service.address import read_address, read_authcfg
from ..service.blocking import BlockingService

ADDRESS = 'ADDRESS'
AUTHCFG = 'AUTHCFG'
TOKEN = 'TOKEN'  # nosec: the name of a parameter


class ServiceAlgorithm(QgsProcessingAlgorithm):
    """Subclasses say `declare` (their parameters) and `work`, which may raise ServiceProblem."""

    def createInstance(self):  # noqa: N802 (name given by QGIS)
        """A new one for each run."""
        return type(self)()

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802 (name given by QGIS)
        """Parameters of the algorithm, then those of the service."""
        self.declare()
        authcfg = QgsProcessingParameterAuthConfig(
            AUTHCFG, say('Authentication that holds the token (empty: the one given for this address)',
                         'Authentification qui contient le jeton (vide : celui donné pour cette adresse)'),
            optional=True)
        token = QgsProcessingParameterString(
            TOKEN, say('Token (written into the history: prefer the authentication)',
                       'Jeton (écrit dans l’historique : préférer l’authentification)'), optional=True)
        self.addParameter(QgsProcessingParameterString(
            ADDRESS, say('Address of the service', 'Adresse du service'), read_address()))
        self.add_advanced(authcfg)
        self.add_advanced(token)

    def declare(self) -> None:
        """Adds parameters and outputs."""
        raise NotImplementedError

    def work(self, parameters: dict[str, Any], context: QgsProcessingContext,
             feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Asks the service and gives the outputs. Runs in any thread. May raise ServiceProblem."""
        raise NotImplementedError

    def add_advanced(self, parameter: QgsProcessingParameterDefinition) -> None:
        """A parameter that most people leave as it is."""
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(parameter)

    def processAlgorithm(self, parameters, context, feedback):  # noqa: N802 (name given by QGIS)
        """Turns a failure into the sentence that the service, or the plugin, has for it."""
        try:
            return self.work(parameters, context, feedback)
        except ServiceProblem as failure:
            if failure.problem.code == 'canceled':
                return {}
            raise QgsProcessingException(failure.problem.detail) from failure

    def connect(self, parameters: dict[str, Any], context: QgsProcessingContext,
                feedback: QgsProcessingFeedback) -> BlockingService:
        """The service that the parameters name; waiting for it ends when the user cancels."""
        address, authcfg, token = self.read_keys(parameters, context)
        return BlockingService(address, authcfg, token, feedback.isCanceled)

    def read_keys(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[str, str, str]:
        """Address, authcfg and token. A parameter left empty in a script is what the plugin remembers."""
        address = self.parameterAsString(parameters, ADDRESS, context) or read_address()
        address = address.strip().rstrip('/')
        token = self.parameterAsString(parameters, TOKEN, context)
        authcfg = self.parameterAsString(parameters, AUTHCFG, context)
        return address, authcfg or ('' if token else read_authcfg(address)), token

    def group(self) -> str:
        """None: five algorithms need no groups."""
        return ''

    def groupId(self) -> str:  # noqa: N802 (name given by QGIS)
        """None."""
        return ''


def read_number(value: Any) -> float | None:
    """A field's number, written as text too, as in CSV files; None where there is none."""
    try:
        return float(value)
    except (TypeError, ValueError):
        # NULL of QGIS is no number either
        return None
