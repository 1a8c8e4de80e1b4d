"""What went wrong, with what to do about it: a failure as a value."""
from __future__ import annotations

import json
from dataclasses import dataclass

from .words import say


@dataclass(frozen=True)
class Problem:
    """A failure. `code` is for programs, `detail` a sentence for people, `status` the HTTP status (None: no answer)."""

    code: str
    detail: str
    status: int | None = None


class ServiceProblem(Exception):
    """A Problem, raised where there is no one to hand it to: in tasks and algorithms."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def unreachable(address: str) -> Problem:
    """Nothing listens at the address."""
    return Problem(
        'service-unreachable',
        say(
            'Nothing answers at {address}. Start Rivage there (rivage serve -w FOLDER), or correct the address.',
            'Rien ne répond à {address}. Démarrez-y Rivage (rivage serve -w DOSSIER) ou corrigez l’adresse.',
        ).format(address=address),
    )


def too_slow(address: str, seconds: float) -> Problem:
    """Something listens, but no answer came in time."""
    return Problem(
        'service-slow',
        say(
            '{address} gave no answer within {s} s. Is the computer busy? Try again in a moment.',
            '{address} n’a pas répondu en {s} s. L’ordinateur est-il occupé ? Réessayez dans un instant.',
        ).format(address=address, s=round(seconds)),
    )


def address_invalid(address: str) -> Problem:
    """The address is none that a service can have."""
    return Problem(
        'address-invalid',
        say(
            '“{address}” is not the address of a service. Write it like http://127.0.0.1:8686.',
            '« {address} » n’est pas l’adresse d’un service. Écrivez-la comme http://127.0.0.1:8686.',
        ).format(address=address),
    )


def login_failed(address: str) -> Problem:
    """QGIS could not read the token from its authentication database."""
    return Problem(
        'token-unreadable',
        say(
            'QGIS could not read the token of {address} from its authentication database. '
            'Enter QGIS’s master password, or give the token anew by the lock beside the address.',
            'QGIS n’a pas pu lire le jeton de {address} dans sa base d’authentification. '
            'Saisissez le mot de passe principal de QGIS, ou redonnez le jeton par le cadenas à côté de l’adresse.',
        ).format(address=address),
    )


def not_understood(address: str, path: str) -> Problem:
    """An answer came that is not shaped as this plugin knows it."""
    return Problem(
        'answer-not-understood',
        say(
            '{address} answered {path} with something this plugin does not understand. '
            'Are the plugin and the service of the same version?',
            '{address} a répondu à {path} par quelque chose que cette extension ne comprend pas. '
            'L’extension et le service sont-ils de la même version ?',
        ).format(address=address, path=path),
    )


def read_problem(status: int, body: bytes, address: str) -> Problem:
    """The problem in an answer of status 300 or more: the service's own sentence, or ours when it gave none."""
    try:
        told = json.loads(body.decode('utf-8'))
        code = str(told['code'])
        # the service explains tokens to every kind of program; here there is one place to give it
        return Problem(code, _say_token(code, address) or str(told['detail']), status)
    except (ValueError, KeyError, TypeError):
        return _untold(status, address)


def _say_token(code: str, address: str) -> str:
    """What to do about a token; empty: the code is about something else."""
    if code == 'token-missing':
        return say(
            '{address} asks for its token (RIVAGE_TOKEN). Give it by the lock beside the address.',
            '{address} demande son jeton (RIVAGE_TOKEN). Donnez-le par le cadenas à côté de l’adresse.',
        ).format(address=address)
    if code == 'token-wrong':
        return say(
            '{address} refuses the token. Give the one it was started with (RIVAGE_TOKEN) '
            'by the lock beside the address.',
            '{address} refuse le jeton. Donnez celui avec lequel il a été démarré (RIVAGE_TOKEN) '
            'par le cadenas à côté de l’adresse.',
        ).format(address=address)
    return ''


def _untold(status: int, address: str) -> Problem:
    if status in (401, 407):
        return Problem('token-missing', _say_token('token-missing', address), status)
    return Problem(
        'answer-foreign',
        say(
            '{address} answered with status {status} and no explanation. Is it Rivage that runs there? '
            'Look at its log, or correct the address.',
            '{address} a répondu par le statut {status} sans explication. Est-ce bien Rivage qui tourne là ? '
            'Regardez son journal ou corrigez l’adresse.',
        ).format(address=address, status=status),
        status,
    )
