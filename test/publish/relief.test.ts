import { describe, expect, it } from 'vitest';
import type { LngLat } from '../../src/geo/frames.ts';
import { decodePicture } from '../../src/picture/codec.ts';
import { drawRelief } from '../../src/publish/relief.ts';

const centre = { lng: 6.4, lat: 44.9 };
const metresPerDegree = 111_320;
const eastOf = ({ lng }: LngLat): number => (lng - centre.lng) * metresPerDegree * Math.cos((44.9 * Math.PI) / 180);
const northOf = ({ lat }: LngLat): number => (lat - centre.lat) * metresPerDegree;

async function colourInTheMiddle(heightAt: (place: LngLat) => number | undefined): Promise<number[]> {
  const { png } = await drawRelief(heightAt, centre, 1000);
  const { sizePx, rgb } = await decodePicture(png);
  const middle = (Math.floor(sizePx.heightPx / 2) * sizePx.widthPx + Math.floor(sizePx.widthPx / 2)) * 3;
  return [...rgb.slice(middle, middle + 3)];
}

describe('the relief', () => {
  it('leaves level ground, and ground that the DEM does not know, in the colour of the map', async () => {
    expect(await colourInTheMiddle(() => 2000)).toEqual([233, 232, 223]);
    expect(await colourInTheMiddle(() => undefined)).toEqual([233, 232, 223]);
  });

  it('lights slopes that face north-west and darkens those that face south-east', async () => {
    const [bright = 0] = await colourInTheMiddle((place) => 0.5 * eastOf(place) - 0.5 * northOf(place));
    const [dark = 0] = await colourInTheMiddle((place) => 0.5 * northOf(place) - 0.5 * eastOf(place));
    expect(bright).toBeGreaterThan(236);
    expect(dark).toBeLessThan(205);
  });

  it('fades into the map at its border, so that no edge shows', async () => {
    const { png } = await drawRelief((place) => -0.7 * eastOf(place), centre, 1000);
    const { rgb } = await decodePicture(png);
    expect([...rgb.slice(0, 3)]).toEqual([233, 232, 223]);
  });

  it('says where it lies: a square of the wished size around the centre, in EPSG:3857', async () => {
    const { bbox } = await drawRelief(() => 0, centre, 1000);
    const [west, south, east, north] = bbox;
    expect(eastOf({ lng: east, lat: centre.lat }) - eastOf({ lng: west, lat: centre.lat })).toBeCloseTo(2000, -1);
    expect(northOf({ lng: 0, lat: north }) - northOf({ lng: 0, lat: south })).toBeCloseTo(2000, -1);
  });
});
