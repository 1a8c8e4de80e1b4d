import { type Bilingual, ServiceError } from '../errors.ts';
import { getCrs } from '../geo/crs.ts';
import type { Pixel, PlaneOrigin, SizePx } from '../geo/frames.ts';
import { toEnu } from '../geo/plane.ts';
import type { Gcp } from './gcp.ts';
import { checkPlaces } from './gcp-places.ts';

interface Checked {
  readonly gcps: readonly Gcp[];
  readonly sizePx: SizePx;
  readonly position?: PlaneOrigin;
}

/**
 * Refuses GCPs that cannot be right, before anything is solved.
 * @throws ServiceError gcp-outside-picture, gcps-pixels-exchanged, gcps-elsewhere, gcp-far, gcp-doubled
 */
export function checkGcps({ gcps, sizePx, position }: Checked): void {
  checkPixels(gcps, sizePx);
  const coordinates = gcps.map(({ position: { lng, lat } }) => ({ x: lng, y: lat }));
  checkPlaces({ source: thisRequest, crs: getCrs(4326), coordinates, camera: position });
  checkDistances(gcps, position);
  checkDoubles(gcps);
}

const thisRequest: Bilingual = { en: 'this camera', fr: 'cet appareil' };

function checkPixels(gcps: readonly Gcp[], sizePx: SizePx): void {
  const outside = gcps.filter(({ pixel }) => !isInside(pixel, sizePx));
  const [first] = outside;
  if (!first) return;
  const at = {
    name: first.name,
    pixel: `${first.pixel.u}, ${first.pixel.v}`,
    size: `${sizePx.widthPx}x${sizePx.heightPx}`,
  };
  const slip =
    outside.length < 2
      ? undefined
      : slips.find(({ mended }) => gcps.every(({ pixel }) => isInside(mended(pixel), sizePx)));
  if (!slip) throw new ServiceError('gcp-outside-picture', at);
  const { how, mend } = slip;
  throw new ServiceError('gcps-pixels-exchanged', { ...at, outside: outside.length, count: gcps.length, how, mend });
}

/** What people do to pixels. */
const slips: readonly { how: Bilingual; mend: Bilingual; mended: (pixel: Pixel) => Pixel }[] = [
  {
    how: { en: 'u and v exchanged', fr: 'u et v échangés' },
    mend: {
      en: 'u counts from the left, v from the top: exchange the two columns.',
      fr: 'u compte depuis la gauche, v depuis le haut : échangez les deux colonnes.',
    },
    mended: ({ u, v }) => ({ u: v, v: u }),
  },
  {
    how: { en: 'v above 0', fr: 'v au-dessus de 0' },
    mend: {
      en: 'v counts downwards from the top: remove the minus signs (QGIS writes them).',
      fr: 'v compte vers le bas depuis le haut : retirez les signes moins (QGIS les écrit).',
    },
    mended: ({ u, v }) => ({ u, v: -v }),
  },
];

function isInside({ u, v }: Pixel, { widthPx, heightPx }: SizePx): boolean {
  return u >= -1 && v >= -1 && u <= widthPx + 1 && v <= heightPx + 1;
}

/** No camera sees a point further away than this. */
const farKm = 300;

function checkDistances(gcps: readonly Gcp[], position: PlaneOrigin | undefined): void {
  const from = position ?? middleOf(gcps.map((gcp) => gcp.position));
  for (const { name, position: place } of gcps) {
    const { eastM, northM, upM } = toEnu(from, place);
    const km = Math.round(Math.hypot(eastM, northM, upM) / 1000);
    if (!(km <= farKm))
      throw new ServiceError('gcp-far', { name, km, lng: place.lng.toFixed(4), lat: place.lat.toFixed(4) });
  }
}

/** Where one point that strays does not pull. */
function middleOf(places: readonly PlaneOrigin[]): PlaneOrigin {
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return { lng: median(places.map(({ lng }) => lng)), lat: median(places.map(({ lat }) => lat)), heightM: 0 };
}

/** Closer than anybody clicks, or surveys, two different things. */
const samePixelPx = 0.1;
const samePlaceM = 0.02;

function checkDoubles(gcps: readonly Gcp[]): void {
  const [first] = gcps;
  if (!first) return;
  const places = gcps.map(({ position }) => toEnu(first.position, position));
  gcps.forEach((gcp, at) => {
    const place = places[at];
    gcps.slice(0, at).forEach((earlier, before) => {
      const other = places[before];
      if (!place || !other) return;
      const apartM = Math.hypot(place.eastM - other.eastM, place.northM - other.northM, place.upM - other.upM);
      const apartPx = Math.hypot(gcp.pixel.u - earlier.pixel.u, gcp.pixel.v - earlier.pixel.v);
      if (apartM > samePlaceM && apartPx > samePixelPx) return;
      throw new ServiceError('gcp-doubled', { name: earlier.name, other: gcp.name, what: sayDouble(apartM, apartPx) });
    });
  });
}

function sayDouble(apartM: number, apartPx: number): Bilingual {
  if (apartM > samePlaceM) {
    const metres = apartM.toFixed(apartM < 10 ? 2 : 0);
    return {
      en: `at the same pixel, ${metres} m apart on the ground`,
      fr: `au même pixel, à ${metres} m l'un de l'autre sur le terrain`,
    };
  }
  if (apartPx > samePixelPx) {
    const pixels = apartPx.toFixed(apartPx < 10 ? 1 : 0);
    return {
      en: `at the same place, ${pixels} px apart in the picture`,
      fr: `au même endroit, à ${pixels} px l'un de l'autre dans la photo`,
    };
  }
  return { en: 'the same point', fr: 'le même point' };
}
