/** Colours of the map; chosen apart for readers who confuse red and green. */
export const palette = {
  land: '#e9e8df',
  water: '#bcd8e0',
  waterLine: '#5f93a6',
  ink: '#22343b',
  camera: '#22343b',
  selected: '#ffffff',
} as const;

const labelColours: Readonly<Record<string, string>> = {
  person: '#c4432b',
  tent: '#6a3d9a',
  boat: '#0b7285',
  board: '#2b8a5e',
  animal: '#8a6d1d',
};

/** Colour of sightings of a label; labels without one of their own share a grey. */
export function labelColour(label: string): string {
  return labelColours[label] ?? '#5b6670';
}

/** A MapLibre expression that picks the colour of a label. */
export function labelColourExpression(): unknown[] {
  return ['match', ['get', 'label'], ...Object.entries(labelColours).flat(), labelColour('')];
}

/** Zones are drawn by kind: fill, and a line whose dashes tell them apart without colour. */
export const zoneStyles: Readonly<Record<string, { readonly colour: string; readonly dash: readonly number[] }>> = {
  water: { colour: '#3f87a0', dash: [1, 0] },
  shore: { colour: '#c29a4a', dash: [1, 0] },
  trail: { colour: '#8c5a3c', dash: [4, 2] },
  meadow: { colour: '#7a9a4f', dash: [1, 0] },
  'bivouac-area': { colour: '#6a3d9a', dash: [2, 2] },
  'no-bivouac': { colour: '#a8324a', dash: [1, 2] },
  mask: { colour: '#4a4f55', dash: [6, 2] },
};

/** Ramps of the two heatmaps, from nothing to most: density 0–1 → colour. */
export const ramps = {
  person: [
    [0, 'rgba(253,232,200,0)'],
    [0.15, 'rgba(250,208,150,.55)'],
    [0.4, 'rgba(240,150,90,.7)'],
    [0.7, 'rgba(205,80,55,.8)'],
    [1, 'rgba(130,25,35,.88)'],
  ],
  bivouac: [
    [0, 'rgba(226,220,245,0)'],
    [0.15, 'rgba(200,188,235,.55)'],
    [0.4, 'rgba(150,122,206,.7)'],
    [0.7, 'rgba(98,62,160,.8)'],
    [1, 'rgba(48,20,92,.9)'],
  ],
} as const;

export type Heat = keyof typeof ramps;
