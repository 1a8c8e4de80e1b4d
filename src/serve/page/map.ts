import type { Feature, FeatureCollection, Point } from 'geojson';
import * as maplibre from 'maplibre-gl';
import { viewWedges } from './camera-view.ts';
import type { Camera, Lake, LakeData, SightingProperties } from './data.ts';
import { make } from './dom.ts';
import { heatIntensity, heatRadius } from './heat.ts';
import { mapStyle, type Source, zoneLayerIds } from './layers.ts';
import { language, say } from './text.ts';
import { nightFilter, personFilter, sightingFilter, type View } from './view.ts';

/** The map: it draws what it is given and tells which sighting was clicked. */
export interface LakeMap {
  readonly open: (lake: Lake, data: LakeData, cameras: readonly Camera[]) => void;
  /** Draws the view; `peak` is the heatmap's largest sum at one spot (see `findPeak`). */
  readonly show: (view: View, peak: number) => void;
  readonly select: (sighting: Feature<Point, SightingProperties> | undefined) => void;
  /** Resolves when all that was asked for is drawn. */
  readonly settled: () => Promise<void>;
  /** How many features a layer draws now, for tests. */
  readonly drawn: (layer: string) => number;
  /** Where on the screen one sighting is drawn, CSS px from the map's top-left corner; undefined: none is. */
  readonly spot: () => readonly [number, number] | undefined;
}

/** Draws the map into `container`; `onSighting` gets the detection number of a clicked dot. */
export async function createLakeMap(container: HTMLElement, onSighting: (fid: number) => void): Promise<LakeMap> {
  if (!document.createElement('canvas').getContext('webgl2')) throw new Error(say('noWebgl'));
  maplibre.setWorkerUrl('/vendor/maplibre-gl/maplibre-gl-worker.mjs');
  const map = new maplibre.Map({
    container,
    style: mapStyle(),
    attributionControl: false,
    center: [6.3, 44.9],
    zoom: 8,
    maxZoom: 21,
    pitchWithRotate: false,
    fadeDuration: 0,
  });
  map.addControl(new maplibre.NavigationControl({ visualizePitch: false }), 'top-right');
  map.addControl(new maplibre.ScaleControl({ maxWidth: 120 }), 'bottom-right');
  await map.once('load');
  followClicks(map, onSighting);
  const markers: maplibre.Marker[] = [];
  return {
    open: (lake, data, cameras) => {
      setSources(map, data, cameras, lake);
      for (const marker of markers.splice(0)) marker.remove();
      markers.push(...placeMarkers(map, data, cameras));
      for (const heat of ['heat-person', 'heat-bivouac']) {
        map.setPaintProperty(heat, 'heatmap-radius', heatRadius(lake.bbox[1]) as maplibre.ExpressionSpecification);
      }
      showRelief(map, lake);
      map.fitBounds([...lake.bbox], { padding: roomForPanels(container), animate: false });
    },
    show: (view, peak) => applyView(map, view, peak),
    select: (sighting) => select(map, sighting),
    settled: async () => {
      await map.once('idle');
    },
    drawn: (layer) => map.queryRenderedFeatures({ layers: [layer] }).length,
    spot: () => findSpot(map),
  };
}

function setData(map: maplibre.Map, source: Source, data: FeatureCollection): void {
  map.getSource<maplibre.GeoJSONSource>(source)?.setData(data);
}

function setSources(map: maplibre.Map, data: LakeData, cameras: readonly Camera[], lake: Lake): void {
  setData(map, 'lakes', data.lakes);
  setData(map, 'zones', data.zones);
  setData(map, 'sightings', data.sightings);
  setData(map, 'ellipses', data.ellipses);
  setData(map, 'tent-nights', data.tentNights);
  setData(map, 'views', { type: 'FeatureCollection', features: cameras.flatMap((camera) => viewWedges(camera, lake)) });
}

function applyView(map: maplibre.Map, view: View, peak: number): void {
  const filter = sightingFilter(view) as maplibre.FilterSpecification;
  for (const layer of ['sightings', 'ellipses', 'ellipse-lines']) map.setFilter(layer, filter);
  map.setFilter('heat-person', personFilter(view) as maplibre.FilterSpecification);
  map.setFilter('heat-bivouac', nightFilter(view) as maplibre.FilterSpecification);
  map.setFilter('selected-ellipse', ['==', ['get', 'fid'], view.selected ?? -1]);
  const visible = (layer: string, yes: boolean): void => {
    map.setLayoutProperty(layer, 'visibility', yes ? 'visible' : 'none');
  };
  visible('heat-person', view.heat === 'person');
  visible('heat-bivouac', view.heat === 'bivouac');
  for (const layer of ['ellipses', 'ellipse-lines']) visible(layer, view.ellipses && view.heat === 'none');
  if (view.heat !== 'none') map.setPaintProperty(`heat-${view.heat}`, 'heatmap-intensity', heatIntensity(peak));
  for (const layer of zoneLayerIds) visible(layer, view.zones);
  map.setPaintProperty('sightings', 'circle-opacity', view.heat === 'none' ? 0.85 : 0);
  map.setPaintProperty('sightings', 'circle-stroke-opacity', view.heat === 'none' ? 0.9 : 0);
}

function select(map: maplibre.Map, sighting: Feature<Point, SightingProperties> | undefined): void {
  setData(map, 'selected', { type: 'FeatureCollection', features: sighting ? [sighting] : [] });
  if (!sighting) return;
  const [lng = 0, lat = 0] = sighting.geometry.coordinates;
  const place = map.project([lng, lat]);
  const { clientWidth, clientHeight } = map.getContainer();
  const room = roomForPanels(map.getContainer(), true);
  const inside =
    place.x > room.left &&
    place.x < clientWidth - room.right &&
    place.y > room.top &&
    place.y < clientHeight - room.bottom;
  const offset: [number, number] = [(room.left - room.right) / 2, (room.top - room.bottom) / 2];
  if (!inside) map.easeTo({ center: [lng, lat], offset, duration: reducedMotion() ? 0 : 400 });
}

function followClicks(map: maplibre.Map, onSighting: (fid: number) => void): void {
  map.on('click', (event) => {
    const reach: [maplibre.PointLike, maplibre.PointLike] = [
      [event.point.x - 6, event.point.y - 6],
      [event.point.x + 6, event.point.y + 6],
    ];
    const hit = map.queryRenderedFeatures(reach, { layers: ['sightings'] })[0];
    if (hit) onSighting(Number(hit.properties.fid));
  });
  map.on('mouseenter', 'sightings', () => {
    map.getCanvas().style.cursor = 'pointer';
  });
  map.on('mouseleave', 'sightings', () => {
    map.getCanvas().style.cursor = '';
  });
}

function findSpot(map: maplibre.Map): readonly [number, number] | undefined {
  const geometry = map.queryRenderedFeatures({ layers: ['sightings'] })[0]?.geometry;
  if (geometry?.type !== 'Point') return undefined;
  const [lng = 0, lat = 0] = geometry.coordinates;
  const { x, y } = map.project([lng, lat]);
  return [x, y];
}

/** Names are HTML, so that no fonts need to be fetched from anywhere. */
function placeMarkers(map: maplibre.Map, data: LakeData, cameras: readonly Camera[]): maplibre.Marker[] {
  const names = data.lakes.features.map(({ geometry, properties }) => {
    const element = make('div', { class: 'lake-name' }, properties.name);
    const bounds = new maplibre.LngLatBounds();
    for (const [lng = 0, lat = 0] of geometry.coordinates[0] ?? []) bounds.extend([lng, lat]);
    return new maplibre.Marker({ element }).setLngLat(bounds.getCenter());
  });
  return [...names, ...cameras.map(cameraMarker)].map((marker) => marker.addTo(map));
}

function cameraMarker(camera: Camera): maplibre.Marker {
  const element = document.createElement('div');
  element.className = camera.headingDeg === null ? 'camera uncalibrated' : 'camera';
  element.innerHTML =
    '<svg viewBox="-12 -12 24 24" width="24" height="24" aria-hidden="true"><circle r="9"/><path d="M0 -7 L4 2 L0 0 L-4 2 Z"/></svg>';
  element.querySelector('path')?.setAttribute('transform', `rotate(${camera.headingDeg ?? 0})`);
  element.append(make('span', {}, camera.name));
  element.title = camera.headingDeg === null ? say('cameraUncalibrated') : `${say('camera')} ${camera.name}`;
  element.lang = language();
  return new maplibre.Marker({ element, anchor: 'center' }).setLngLat([camera.lng, camera.lat]);
}

/** Lays the shaded relief under everything, where the workspace has a DEM. */
function showRelief(map: maplibre.Map, lake: Lake): void {
  if (map.getLayer('relief')) map.removeLayer('relief');
  if (map.getSource('relief')) map.removeSource('relief');
  if (!lake.relief) return;
  const [west, south, east, north] = lake.relief.bbox;
  map.addSource('relief', {
    type: 'image',
    url: lake.relief.href,
    coordinates: [
      [west, north],
      [east, north],
      [east, south],
      [west, south],
    ],
  });
  map.addLayer({ id: 'relief', type: 'raster', source: 'relief', paint: { 'raster-opacity': 1 } }, 'lake-glow');
}

/** Keeps the lake, or the sighting that is open, clear of the cards that float above the map. */
function roomForPanels(container: HTMLElement, detailOpen = false): Required<maplibre.PaddingOptions> {
  if (container.clientWidth < 760) return { top: 30, bottom: detailOpen ? 150 : 30, left: 30, right: 30 };
  return { top: 60, bottom: 190, left: 380, right: detailOpen ? 380 : 80 };
}

function reducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
