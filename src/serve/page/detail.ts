import type { Feature, Point } from 'geojson';
import type { SightingProperties } from './data.ts';
import { byId, make } from './dom.ts';
import { labelColour } from './palette.ts';
import { sayInstant } from './say-time.ts';
import { ask } from './service.ts';
import { say, sayNumber, sayWord } from './text.ts';

export type Sighting = Feature<Point, SightingProperties>;

/** What the buttons of the panel do. */
export interface DetailActions {
  readonly close: () => void;
  readonly move: (by: 1 | -1) => void;
}

/** Shows one sighting, or hides the panel. */
export function drawDetail(sighting: Sighting | undefined, timeZone: string, actions: DetailActions): void {
  const panel = byId('detail');
  panel.hidden = sighting === undefined;
  if (!sighting) return;
  const { properties } = sighting;
  panel.replaceChildren(
    head(properties, actions),
    crop(properties),
    facts(properties, timeZone),
    make(
      'a',
      {
        class: 'link',
        href: `/api/photos/${properties.photo_id}/image?width=1600`,
        target: '_blank',
        rel: 'noreferrer',
      },
      say('openPhoto'),
    ),
  );
}

function head(properties: SightingProperties, actions: DetailActions): HTMLElement {
  const dot = make('span', { class: 'key dot', 'aria-hidden': 'true' });
  dot.style.background = labelColour(properties.label);
  const button = (label: 'previous' | 'next' | 'close', sign: string, act: () => void): HTMLButtonElement => {
    const element = make(
      'button',
      { type: 'button', class: 'round', title: say(label), 'aria-label': say(label) },
      sign,
    );
    element.addEventListener('click', act);
    return element;
  };
  return make(
    'div',
    { class: 'detail-head' },
    dot,
    make('h2', {}, sayWord(properties.label)),
    button('previous', '‹', () => actions.move(-1)),
    button('next', '›', () => actions.move(1)),
    button('close', '×', actions.close),
  );
}

function crop(properties: SightingProperties): HTMLElement {
  const picture = make('img', { src: `/api/detections/${properties.fid}/crop?width=640`, alt: say('cropAlt') });
  const frame = make('div', { class: 'crop' }, picture);
  picture.addEventListener('error', () => {
    frame.classList.add('missing');
    explainMissing(picture.src, frame);
  });
  return frame;
}

/** A picture that fails says nothing by itself: the service is asked why. */
async function explainMissing(address: string, frame: HTMLElement): Promise<void> {
  await ask(address).catch((thrown: unknown) => {
    frame.replaceChildren(make('p', {}, thrown instanceof Error ? thrown.message : String(thrown)));
  });
}

function facts(properties: SightingProperties, timeZone: string): HTMLElement {
  const meters = (value: number): string => sayNumber(value, value < 10 ? 1 : 0);
  const surface = say(properties.surface === 'water' ? 'surfaceWater' : 'surfaceGround');
  const rows: readonly (readonly [string, string])[] = [
    [say('takenAt'), sayInstant(properties.t, timeZone)],
    [say('confidence'), sayNumber(properties.confidence, 2)],
    [say('camera'), properties.camera],
    [say('range'), `${meters(properties.range_m)} m`],
    [
      say('ellipse'),
      say('ellipseAxes', { major: meters(properties.semi_major_m), minor: meters(properties.semi_minor_m) }),
    ],
    [say('onSurface'), surface],
    [say('height'), `${sayNumber(properties.height_m, 0)} m`],
    [say('zones'), properties.zones ?? say('noZone')],
  ];
  return make('dl', {}, ...rows.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]));
}
