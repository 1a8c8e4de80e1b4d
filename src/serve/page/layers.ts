import type { GeoJSONSourceSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { type Heat, labelColourExpression, palette, ramps, zoneStyles } from './palette.ts';

const noData = (): GeoJSONSourceSpecification => ({
  type: 'geojson',
  data: { type: 'FeatureCollection', features: [] },
});

/** Sources that hold GeoJSON; each is set when a lake is opened. */
const sources = ['lakes', 'zones', 'views', 'ellipses', 'sightings', 'tent-nights', 'selected'] as const;
export type Source = (typeof sources)[number];

// MapLibre's own types know literal styles only, not computed ones.
const layer = (specification: unknown): LayerSpecification => specification as LayerSpecification;

/** The whole look of the map, without any data. */
export function mapStyle(): StyleSpecification {
  return {
    version: 8,
    sources: Object.fromEntries(sources.map((source) => [source, noData()])),
    layers: [
      layer({ id: 'land', type: 'background', paint: { 'background-color': palette.land } }),
      ...lakeLayers(),
      ...zoneLayers(),
      ...cameraLayers(),
      heatLayer('person', 'sightings', 1),
      heatLayer('bivouac', 'tent-nights', ['get', 'weight']),
      ...ellipseLayers(),
      ...sightingLayers(),
    ],
  };
}

/** Water with lines along its shore, as engraved maps draw it. */
function lakeLayers(): LayerSpecification[] {
  const waterline = (offset: number, opacity: number): LayerSpecification =>
    layer({
      id: `lake-line-${offset}`,
      type: 'line',
      source: 'lakes',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.waterLine,
        'line-opacity': opacity,
        'line-width': 1,
        'line-offset': ['interpolate', ['exponential', 2], ['zoom'], 13, offset / 2, 17, offset],
      },
    });
  return [
    layer({
      id: 'lake-glow',
      type: 'line',
      source: 'lakes',
      paint: { 'line-color': '#ffffff', 'line-width': 14, 'line-blur': 12, 'line-opacity': 0.55 },
    }),
    layer({ id: 'lake', type: 'fill', source: 'lakes', paint: { 'fill-color': palette.water, 'fill-opacity': 0.92 } }),
    waterline(6, 0.34),
    waterline(14, 0.22),
    waterline(25, 0.12),
    layer({
      id: 'shoreline',
      type: 'line',
      source: 'lakes',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.waterLine, 'line-width': 1.6 },
    }),
  ];
}

function zoneLayers(): LayerSpecification[] {
  const kinds = Object.entries(zoneStyles);
  const colour = ['match', ['get', 'kind'], ...kinds.flatMap(([kind, style]) => [kind, style.colour]), '#777777'];
  const fill = layer({
    id: 'zones',
    type: 'fill',
    source: 'zones',
    filter: ['!=', ['get', 'kind'], 'water'],
    paint: { 'fill-color': colour, 'fill-opacity': 0.13 },
  });
  const lines = kinds.map(([kind, style]) =>
    layer({
      id: `zone-line-${kind}`,
      type: 'line',
      source: 'zones',
      filter: ['==', ['get', 'kind'], kind],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': style.colour, 'line-width': 1.4, 'line-opacity': 0.8, 'line-dasharray': style.dash },
    }),
  );
  return [fill, ...lines];
}

/** Ids of the layers that the zone switch shows and hides. */
export const zoneLayerIds: readonly string[] = ['zones', ...Object.keys(zoneStyles).map((kind) => `zone-line-${kind}`)];

function cameraLayers(): LayerSpecification[] {
  return [
    layer({
      id: 'view',
      type: 'fill',
      source: 'views',
      paint: { 'fill-color': palette.camera, 'fill-opacity': ['get', 'opacity'] },
    }),
  ];
}

function heatLayer(heat: Heat, source: Source, weight: unknown): LayerSpecification {
  return layer({
    id: `heat-${heat}`,
    type: 'heatmap',
    source,
    layout: { visibility: 'none' },
    paint: {
      'heatmap-weight': weight,
      'heatmap-opacity': 0.9,
      'heatmap-color': ['interpolate', ['linear'], ['heatmap-density'], ...ramps[heat].flat()],
    },
  });
}

function ellipseLayers(): LayerSpecification[] {
  return [
    layer({
      id: 'ellipses',
      type: 'fill',
      source: 'ellipses',
      paint: { 'fill-color': labelColourExpression(), 'fill-opacity': 0.07 },
    }),
    layer({
      id: 'ellipse-lines',
      type: 'line',
      source: 'ellipses',
      paint: { 'line-color': labelColourExpression(), 'line-opacity': 0.45, 'line-width': 0.9 },
    }),
    layer({
      id: 'selected-ellipse',
      type: 'line',
      source: 'ellipses',
      filter: ['==', ['get', 'fid'], -1],
      paint: { 'line-color': palette.ink, 'line-width': 2 },
    }),
  ];
}

/** Area of a dot grows with confidence; all grow with zoom. */
function dotRadius(): unknown[] {
  const at = (scale: number): unknown[] => ['*', scale, ['sqrt', ['max', 0.05, ['get', 'confidence']]]];
  return ['interpolate', ['linear'], ['zoom'], 12, at(3.5), 16, at(7), 19, at(11)];
}

function sightingLayers(): LayerSpecification[] {
  return [
    layer({
      id: 'sightings',
      type: 'circle',
      source: 'sightings',
      paint: {
        'circle-color': labelColourExpression(),
        'circle-radius': dotRadius(),
        'circle-opacity': 0.85,
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 1,
        'circle-stroke-opacity': 0.9,
      },
    }),
    layer({
      id: 'selected',
      type: 'circle',
      source: 'selected',
      paint: {
        'circle-color': labelColourExpression(),
        'circle-radius': 8,
        'circle-stroke-color': palette.ink,
        'circle-stroke-width': 2.5,
      },
    }),
  ];
}
