import type { Bilingual } from '../errors.ts';
import type { LngLat } from '../geo/frames.ts';
import { fromEnu } from '../geo/plane.ts';

/** The first lake of a new workspace, as far as its user knows it. */
export interface FirstLake {
  readonly name: string;
  /** Its middle. */
  readonly at: LngLat;
  readonly waterLevelM: number;
}

export interface StartingWish {
  readonly name: string;
  readonly lake: FirstLake | undefined;
  /** IANA zone for a lake outside France. */
  readonly timeZone: string;
}

/** The files of a workspace to start from, valid as they are; texts by path relative to the workspace. */
export function createStartingFiles(wish: StartingWish): ReadonlyMap<string, Bilingual> {
  const { lake } = wish;
  const place = lake ? describePlace(lake.at, wish.timeZone) : { metricEpsg: 2154, timeZone: wish.timeZone };
  const lakeFeature = lake && drawLake(lake, place.timeZone);
  const files = new Map<string, Bilingual>([
    ['rivage.json', toText({ name: wish.name, metricEpsg: place.metricEpsg })],
    ['lakes.geojson', toText({ type: 'FeatureCollection', features: lakeFeature ? [lakeFeature] : [] })],
    ['zones.geojson', toText({ type: 'FeatureCollection', features: [] })],
    ['README.md', readme],
  ]);
  if (lake) files.set(`cameras/${firstCameraId}.json`, toText(describeCamera(lake, place.timeZone)));
  return files;
}

/** The id of the camera that a workspace with a lake starts with; its photos lie in photos/<id>. */
export const firstCameraId = 'camera-1';

const lakeRadiusM = 200;

/** A regular polygon around the lake's middle: a place to start drawing from. */
function drawLake({ name, at, waterLevelM }: FirstLake, timeZone: string): object {
  const corners = Array.from({ length: 12 }, (_, index) => toCorner(at, (index * Math.PI) / 6));
  const properties = { id: 'lake-1', name, waterLevelM, waterLevelSigmaM: 1, timeZone };
  return {
    type: 'Feature',
    properties,
    geometry: { type: 'Polygon', coordinates: [[...corners, toCorner(at, 0)]] },
  };
}

function toCorner(at: LngLat, angle: number): readonly [number, number] {
  const offset = { eastM: lakeRadiusM * Math.cos(angle), northM: lakeRadiusM * Math.sin(angle), upM: 0 };
  const { lng, lat } = fromEnu({ ...at, heightM: 0 }, offset);
  return [Number(lng.toFixed(6)), Number(lat.toFixed(6))];
}

/** Nobody knows yet where the camera hangs: 500 m says so. */
function describeCamera({ at, waterLevelM }: FirstLake, timeZone: string): object {
  return {
    name: firstCameraId,
    lakeId: 'lake-1',
    photos: `photos/${firstCameraId}`,
    position: { lng: at.lng, lat: at.lat, heightM: waterLevelM + 10, sigmaM: 500 },
    clockTimeZone: timeZone,
    clockOffsetS: 0,
    intervalMin: 10,
  };
}

/** In metropolitan France Lambert-93 and its time; elsewhere the UTM zone. Source: EPSG 326xx and 327xx. */
function describePlace({ lng, lat }: LngLat, timeZone: string): { metricEpsg: number; timeZone: string } {
  if (lng > -5.2 && lng < 9.6 && lat > 41.3 && lat < 51.1) return { metricEpsg: 2154, timeZone: 'Europe/Paris' };
  const utmZone = Math.min(60, Math.floor((lng + 180) / 6) + 1);
  return { metricEpsg: (lat < 0 ? 32700 : 32600) + utmZone, timeZone };
}

function toText(value: object): Bilingual {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  return { en: text, fr: text };
}

const readme: Bilingual = {
  en: `# A Rivage workspace

Check it at any time: \`rivage doctor\`. Everything wrong is told with its file, its line and what to do.

| file | what to put into it |
| --- | --- |
| \`rivage.json\` | \`name\`; \`metricEpsg\`: the metric coordinate system for lengths and areas (2154 in France); \`dem\`: \`{"file": "dem.tif", "heightSigmaM": 0.5}\`, a GeoTIFF of elevations, if you have one |
| \`lakes.geojson\` | one polygon a lake, EPSG:4326, with \`id\`, \`name\`, \`waterLevelM\` (same heights as the DEM), \`waterLevelSigmaM\` (how sure), \`timeZone\`. Draw the shoreline in QGIS: the one that \`rivage init\` drew is only a circle |
| \`zones.geojson\` | the polygons to count in: \`id\`, \`lakeId\`, \`name\`, \`kind\` (water, shore, trail, meadow, bivouac-area, no-bivouac, mask) |
| \`cameras/<id>.json\` | one file a camera. \`position\`: where it hangs, with \`sigmaM\`, how sure you are in metres. \`clockTimeZone\`: the zone its clock is set to; a clock left on French winter time all year is "Etc/GMT-1". \`clockOffsetS\`: seconds that its clock is ahead. \`intervalMin\`: minutes between photos. \`changeGate\`: false to look at all of every photo, changed or not. \`gcps\`: \`{"file": "gcps.csv", "epsg": 2154, "photo": "photos/north/IMG_0007.JPG"}\`, its ground control points and the photo they were clicked in |
| \`photos/<id>/\` | the photos: \`rivage import CARD --camera <id>\` |
`,
  fr: `# Un espace de travail Rivage

Vérifiez-le à tout moment : \`rivage doctor\`. Chaque erreur est dite avec son fichier, sa ligne et le remède.

| fichier | ce qu'on y met |
| --- | --- |
| \`rivage.json\` | \`name\` : le nom ; \`metricEpsg\` : le système de coordonnées métrique des longueurs et des aires (2154 en France) ; \`dem\` : \`{"file": "mnt.tif", "heightSigmaM": 0.5}\`, un GeoTIFF d'altitudes, si vous en avez un |
| \`lakes.geojson\` | un polygone par lac, EPSG:4326, avec \`id\`, \`name\`, \`waterLevelM\` (mêmes altitudes que le MNT), \`waterLevelSigmaM\` (son incertitude), \`timeZone\`. Dessinez la rive dans QGIS : celle que \`rivage init\` a tracée n'est qu'un cercle |
| \`zones.geojson\` | les polygones où compter : \`id\`, \`lakeId\`, \`name\`, \`kind\` (water, shore, trail, meadow, bivouac-area, no-bivouac, mask) |
| \`cameras/<id>.json\` | un fichier par appareil. \`position\` : où il est fixé, avec \`sigmaM\`, l'incertitude en mètres. \`clockTimeZone\` : le fuseau de son horloge ; une horloge laissée à l'heure d'hiver française toute l'année est en "Etc/GMT-1". \`clockOffsetS\` : secondes d'avance de l'horloge. \`intervalMin\` : minutes entre deux photos. \`changeGate\` : false pour regarder toute la photo, changée ou non. \`gcps\` : \`{"file": "gcps.csv", "epsg": 2154, "photo": "photos/nord/IMG_0007.JPG"}\`, ses points d'appui et la photo où ils ont été cliqués |
| \`photos/<id>/\` | les photos : \`rivage import CARTE --camera <id>\` |
`,
};
