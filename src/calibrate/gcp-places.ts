import { type Bilingual, ServiceError } from '../errors.ts';
import { type Crs, getCrs } from '../geo/crs.ts';
import type { LngLat } from '../geo/frames.ts';
import { toEnu } from '../geo/plane.ts';

/** Where GCPs are said to be: coordinates in a CRS, as somebody wrote them. */
export interface WrittenPlaces {
  /** What they were read from, for the message. */
  readonly source: string | Bilingual;
  readonly crs: Crs;
  readonly coordinates: readonly { readonly x: number; readonly y: number }[];
  /** Where the camera is said to be; undefined: nobody said. */
  readonly camera: LngLat | undefined;
}

/** No camera has most of its points further away than this. */
const farKm = 100;
/** Coordinates that were misread and are mended land nearer than this. */
const nearKm = 50;
/** How far outside the area of use of its CRS a point may lie, deg: people stretch a UTM zone. */
const stretchDeg = 3;

/**
 * Refuses GCPs that as a whole land nowhere near their camera or outside the area of their CRS, and says what would
 * bring them there: coordinates exchanged, another CRS. A single point that strays is no concern of this.
 * @throws ServiceError gcps-elsewhere
 */
export function checkPlaces({ source, crs, coordinates, camera }: WrittenPlaces): void {
  if (coordinates.length === 0) return;
  const middle = { x: median(coordinates.map(({ x }) => x)), y: median(coordinates.map(({ y }) => y)) };
  const place = toPlace(crs, middle);
  if (place && (camera ? kmBetween(place, camera) <= farKm : isInside(crs, place))) return;
  const mend = (camera ? mendNear(crs, middle, camera) : mendInside(crs, middle)) ?? checkThem;
  throw new ServiceError('gcps-elsewhere', {
    source,
    count: coordinates.length,
    why: sayWhere(crs, place, camera),
    mend,
  });
}

function sayWhere({ epsg, name }: Crs, place: LngLat | undefined, camera: LngLat | undefined): Bilingual {
  if (!place)
    return { en: `land nowhere on the Earth in EPSG:${epsg}`, fr: `ne sont nulle part sur Terre en EPSG:${epsg}` };
  const at = `${place.lng.toFixed(4)}, ${place.lat.toFixed(4)}`;
  if (!camera) {
    return {
      en: `land near ${at}, outside the area of EPSG:${epsg} (${name})`,
      fr: `sont vers ${at}, hors du domaine de EPSG:${epsg} (${name})`,
    };
  }
  const km = Math.round(kmBetween(place, camera));
  return { en: `land near ${at}, ${km} km from the camera`, fr: `sont vers ${at}, à ${km} km de l'appareil` };
}

const checkThem: Bilingual = {
  en: 'Check the EPSG code, that x (or lon) comes before y (or lat), and the position of the camera.',
  fr: "Vérifiez le code EPSG, que x (ou lon) vient avant y (ou lat), et la position de l'appareil.",
};

interface Coordinate {
  readonly x: number;
  readonly y: number;
}

const exchanged = ({ x, y }: Coordinate): Coordinate => ({ x: y, y: x });

function mendNear(crs: Crs, middle: Coordinate, camera: LngLat): Bilingual | undefined {
  const near = (candidate: Crs, coordinate: Coordinate, target = camera) => {
    const place = toPlace(candidate, coordinate);
    return place !== undefined && kmBetween(place, target) <= nearKm;
  };
  if (near(crs, exchanged(middle))) return exchangeThem;
  if (near(crs, middle, { lng: camera.lat, lat: camera.lng })) return exchangeCamera;
  const epsgs = likelyEpsgs(camera).filter((epsg) => epsg !== crs.epsg);
  const straight = epsgs.find((epsg) => near(getCrs(epsg), middle));
  if (straight !== undefined) return useEpsg(straight);
  const turned = epsgs.find((epsg) => near(getCrs(epsg), exchanged(middle)));
  return turned === undefined ? undefined : joined(useEpsg(turned), exchangeThem);
}

function mendInside(crs: Crs, middle: Coordinate): Bilingual | undefined {
  const place = toPlace(crs, exchanged(middle));
  return place && isInside(crs, place) ? exchangeThem : undefined;
}

const exchangeThem: Bilingual = {
  en: 'Exchange x and y (or lon and lat): then they are where they should be.',
  fr: 'Échangez x et y (ou lon et lat) : ils sont alors où il faut.',
};
const exchangeCamera: Bilingual = {
  en: 'Exchange the longitude and latitude of the camera: then they lie around it.',
  fr: "Échangez la longitude et la latitude de l'appareil : ils sont alors autour de lui.",
};

function useEpsg(epsg: number): Bilingual {
  const name = `EPSG:${epsg} (${getCrs(epsg).name})`;
  return {
    en: `In ${name} they lie around the camera: give that code.`,
    fr: `En ${name} ils sont autour de l'appareil : donnez ce code.`,
  };
}

function joined(one: Bilingual, two: Bilingual): Bilingual {
  return { en: `${one.en} ${two.en}`, fr: `${one.fr} ${two.fr}` };
}

/** What people around the Alps and with a GPS write coordinates in: degrees, UTM, the systems of France, Switzerland, Italy and Austria, web maps. */
function likelyEpsgs({ lng, lat }: LngLat): readonly number[] {
  const zone = Math.floor(lng / 6) + 31;
  const utm = [zone, zone - 1, zone + 1]
    .filter((one) => one >= 1 && one <= 60)
    .map((one) => (lat < 0 ? 32700 : 32600) + one);
  const conic = [3942, 3943, 3944, 3945, 3946, 3947, 3948, 3949, 3950];
  return [4326, ...utm, 2154, 2056, 21781, 27572, 3857, ...conic, 3003, 3004, 31254, 31255, 31256, 31287];
}

function toPlace(crs: Crs, coordinate: Coordinate): LngLat | undefined {
  const place = crs.toLngLat(coordinate);
  return Math.abs(place.lng) <= 180 && Math.abs(place.lat) <= 90 ? place : undefined;
}

function isInside({ area }: Crs, { lng, lat }: LngLat): boolean {
  if (!area) return true;
  const { west, south, east, north } = area;
  const wideDeg = stretchDeg / Math.max(Math.cos((lat * Math.PI) / 180), 0.1);
  const within = lng >= west - wideDeg && lng <= east + wideDeg;
  const across = west > east && (lng >= west - wideDeg || lng <= east + wideDeg);
  return (within || across) && lat >= south - stretchDeg && lat <= north + stretchDeg;
}

/** Straight through the Earth. */
function kmBetween(one: LngLat, two: LngLat): number {
  const { eastM, northM, upM } = toEnu({ ...one, heightM: 0 }, { ...two, heightM: 0 });
  return Math.hypot(eastM, northM, upM) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
