"""What the service answers to points: the solved camera, what to think of it, and which calibrations there are."""
from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Sequence

from .gcps import Gcp
from .words import say, say_number


@dataclass(frozen=True)
class SolvedPoint:
    """A point after the solve: where the camera sees it (px of the original photo; None: behind it), its residual, px,
    and whether it was left out as a gross error."""

    reprojected: tuple[float, float] | None
    residual_px: float | None
    is_outlier: bool


@dataclass(frozen=True)
class Solved:
    """A solved camera; pose: lng, lat (EPSG:4326), heightM, headingDeg, pitchDeg, rollDeg. viewshed: the ground that it
    sees, a MultiPolygon as WKB, EPSG:4326; None: not asked for. size_px: the original photo."""

    calibration_id: int | None
    size_px: tuple[int, int]
    pose: dict[str, float]
    focal_px: float
    rmse_px: float
    loo_rmse_px: float | None
    advice: str
    failed_checks: tuple[str, ...]
    checks: int
    points: dict[str, SolvedPoint]
    viewshed: bytes | None

    @property
    def outliers(self) -> list[str]:
        return [name for name, point in self.points.items() if point.is_outlier]


def parse_solved(answer: dict[str, Any]) -> Solved:
    """Reads the answer of POST /api/cameras/{id}/calibrations and GET /api/calibrations/{id}.

    Raises KeyError, TypeError.
    """
    calibration = answer['calibration']
    size = calibration['sizePx']
    checks = answer['checks']
    viewshed = answer.get('viewshed')
    return Solved(
        calibration_id=answer.get('id'),
        size_px=(size['widthPx'], size['heightPx']),
        pose=calibration['pose'],
        focal_px=calibration['lens']['focalPx'],
        rmse_px=calibration['rmsePx'],
        loo_rmse_px=calibration.get('looRmsePx'),
        advice=answer['advice'],
        failed_checks=tuple(check['sentence'] for check in checks if not check['passed']),
        checks=len(checks),
        points={gcp['name']: _point(gcp) for gcp in calibration['gcps']},
        viewshed=to_wkb(viewshed['coordinates']) if viewshed else None,
    )


def to_wkb(polygons: Sequence[Any]) -> bytes:
    """Coordinates of a GeoJSON MultiPolygon as WKB: QGIS reads that ten times as fast as points one by one."""
    parts = [struct.pack('<BII', 1, 6, len(polygons))]
    for rings in polygons:
        parts.append(struct.pack('<BII', 1, 3, len(rings)))
        for ring in rings:
            flat = [number for position in ring for number in position[:2]]
            parts.append(struct.pack(f'<I{len(flat)}d', len(ring), *flat))
    return b''.join(parts)


def _point(gcp: dict[str, Any]) -> SolvedPoint:
    seen = gcp.get('reprojected')
    return SolvedPoint((seen['u'], seen['v']) if seen else None, gcp.get('residualPx'), gcp['outlier'])


def stored_points(answer: dict[str, Any]) -> list[Gcp]:
    """The points of a stored calibration, their places as longitude and latitude (EPSG:4326)."""
    return [
        Gcp(gcp['name'], gcp['pixel']['u'], gcp['pixel']['v'], gcp['position']['lng'], gcp['position']['lat'],
            gcp['position']['heightM'], gcp['sigmaM'])
        for gcp in answer['calibration']['gcps']
    ]


def summary(solved: Solved) -> str:
    """One line: how far the points are from where the camera sees them."""
    loo = '–' if solved.loo_rmse_px is None else f'{say_number(solved.loo_rmse_px, 2)} px'
    used = len(solved.points) - len(solved.outliers)
    text = f'RMSE {say_number(solved.rmse_px, 2)} px · LOO {loo} · {used} points'
    if solved.outliers:
        text += say(' · left out: {names}', ' · écartés : {names}').format(names=', '.join(solved.outliers))
    return text


def pose_line(solved: Solved) -> str:
    """One line: where the camera stands and looks."""
    pose = solved.pose
    return say(
        'Looks {heading}° from north, {pitch}° from the horizon, roll {roll}° · lens at {height} m · f {focal} px',
        'Regarde à {heading}° du nord, {pitch}° de l’horizon, roulis {roll}° · objectif à {height} m · f {focal} px',
    ).format(heading=say_number(pose['headingDeg'], 1), pitch=say_number(pose['pitchDeg'], 1),
             roll=say_number(pose['rollDeg'], 1), height=say_number(pose['heightM'], 1),
             focal=say_number(solved.focal_px))


def current_calibration(history: Sequence[dict[str, Any]], now: str) -> dict[str, Any] | None:
    """Of GET /api/cameras/{id}/calibrations the one that holds at an instant (ISO 8601, UTC); None: none does."""
    for each in history:
        begins, ends = each['validFrom'], each['validTo']
        if _in_use(each) and (not begins or begins <= now) and (not ends or now < ends):
            return each
    return None


def now_utc() -> str:
    """This moment as the service writes instants."""
    return datetime.now(timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.000Z')


def replacement(history: Sequence[dict[str, Any]], valid_from: str | None, valid_to: str | None) -> str:
    """What storing a calibration does to those there are, for the person about to do it. Instants: ISO 8601, UTC."""
    used = [each for each in history if _in_use(each)]
    twin = next((each for each in used if each['validFrom'] == valid_from), None)
    if twin:
        return say(f'It takes the place of {_name(twin)}, which begins at the same time.',
                   f'Elle remplace {_name(twin)}, qui commence au même moment.')
    later = [each for each in used if each['validFrom'] and (not valid_from or each['validFrom'] > valid_from)]
    earlier = [each for each in used if each not in later]
    lines = []
    if earlier:
        lines.append(say(f'{_name(earlier[0])} goes on holding for photos taken before.',
                         f'{_name(earlier[0])} reste valable pour les photos prises avant.'))
    if later and not (valid_to and valid_to <= later[-1]['validFrom']):
        lines.append(say(f'{_name(later[-1])} goes on holding from {_day(later[-1])} on.',
                         f'{_name(later[-1])} reste valable à partir du {_day(later[-1])}.'))
    if not used:
        lines.append(say('It is the first one of this camera.', 'C’est la première de cet appareil.'))
    return ' '.join(line[0].upper() + line[1:] for line in lines)


def _in_use(each: dict[str, Any]) -> bool:
    return each['withdrawnAt'] is None and each['replacedBy'] is None


def _day(each: dict[str, Any]) -> str:
    return str(each['validFrom'])[:16].replace('T', ' ') + ' UTC'


def _name(each: dict[str, Any]) -> str:
    name = say('calibration {id} ({n} points, RMSE {rmse} px)', 'la calibration {id} ({n} points, RMSE {rmse} px)')
    return name.format(id=each['id'], n=each['gcps'], rmse=say_number(each['rmsePx'], 2))
