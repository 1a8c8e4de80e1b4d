import { describe, expect, it } from 'vitest';
import { worldToPixel } from '../../src/camera/project.ts';
import { boxAround, hideBehind } from '../../src/simulate/draw/thing.ts';
import { seen, traceView } from '../../src/simulate/draw/view.ts';
import { sunAt } from '../../src/simulate/light/sun.ts';
import { createWeather } from '../../src/simulate/light/weather.ts';
import { instantOf, wallClock } from '../../src/simulate/local-time.ts';
import { createRandom } from '../../src/simulate/random.ts';
import { presenceAt } from '../../src/simulate/visitors/agent.ts';
import { dayMin, planVisits } from '../../src/simulate/visitors/visit.ts';
import { createShore } from '../../src/simulate/world/shore.ts';
import { createSite } from '../../src/simulate/world/site.ts';

const site = createSite(3, 2, { widthPx: 320, heightPx: 180 });
const weather = createWeather(3);
const visits = planVisits(site, weather, { days: 3, visitorsPerDay: 60 });

describe('the simulated world', () => {
  it('has streams of chance that do not disturb one another', () => {
    const draw = (name: string) => Array.from({ length: 5 }, createRandom(1, name).unit);
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    const random = createRandom(1, 'mean');
    const mean = Array.from({ length: 20_000 }, () => random.normal(2)).reduce((a, b) => a + b, 0) / 20_000;
    expect(Math.abs(mean)).toBeLessThan(0.06);
  });

  it('is another lake for another seed', () => {
    const radii = (seed: number) => [0, 1, 2, 3].map((angle) => createShore(seed).radiusM(angle));
    expect(radii(3)).toEqual([0, 1, 2, 3].map((angle) => site.shore.radiusM(angle)));
    expect(radii(4)).not.toEqual(radii(3));
  });

  it('keeps its shore at the water level', () => {
    for (let angle = -3; angle < 3; angle += 0.2) {
      const rhoM = site.shore.radiusM(angle);
      const at = (m: number) => site.terrain.heightM((rhoM + m) * Math.cos(angle), (rhoM + m) * Math.sin(angle));
      expect(at(-4)).toBeLessThan(0);
      expect(at(4)).toBeGreaterThan(0);
      expect(Math.abs(at(0))).toBeLessThan(0.1);
    }
  });

  it('sees at each pixel the ground that lies behind it', () => {
    const camera = site.cameras[0]?.camera;
    if (!camera) throw new Error('no camera');
    const view = traceView(camera, site.grid, () => 0);
    const { eastM, northM, upM } = camera.pose.position;
    for (let at = 0; at < view.range.length; at += 997) {
      if (view.kind[at] === seen.sky) continue;
      const r = view.range[at] ?? 0;
      const [e, n, up] = [0, 1, 2].map((axis) => r * (view.direction[at * 3 + axis] ?? 0)) as [number, number, number];
      const point = { eastM: eastM + e, northM: northM + n, upM: upM + up };
      expect(Math.abs(site.grid.upM(point.eastM, point.northM) - point.upM)).toBeLessThan(0.05 + r * 2e-4);
      const pixel = worldToPixel(camera, point);
      expect(pixel?.u).toBeCloseTo((at % 320) + 0.5, 1);
      expect(pixel?.v).toBeCloseTo(Math.floor(at / 320) + 0.5, 1);
    }
  });

  it('lets visitors walk no faster than people walk', () => {
    const visit = visits.find(({ kind }) => kind === 'picnic');
    const person = visit?.people[0];
    if (!visit || !person) throw new Error('nobody came');
    let steps = 0;
    for (let minute = visit.fromMin - 10; minute < visit.toMin + 10; minute += 0.1) {
      const [a, b] = [presenceAt(site, visit, person, minute), presenceAt(site, visit, person, minute + 0.1)];
      if (!a || !b || a.posture !== 'walking' || b.posture !== 'walking') continue;
      steps++;
      expect(Math.hypot(a.eastM - b.eastM, a.northM - b.northM)).toBeLessThan(9);
    }
    expect(steps).toBeGreaterThan(20);
  });

  it('pitches tents between 19:00 and dusk and strikes them before 09:00', () => {
    const tents = visits.flatMap(({ tents: pitched }) => pitched);
    expect(tents.length).toBeGreaterThan(2);
    for (const tent of tents) {
      const pitched = ((tent.fromMin % dayMin) + dayMin) % dayMin;
      const struck = tent.toMin % dayMin;
      expect(pitched).toBeGreaterThanOrEqual(19 * 60);
      expect(pitched).toBeLessThan(21 * 60);
      expect(struck).toBeLessThan(9.2 * 60);
      expect(tent.toMin).toBeGreaterThan(tent.fromMin);
    }
  });

  it('keeps people who do not bathe out of the lake', () => {
    for (const visit of visits.slice(0, 30)) {
      for (let minute = visit.fromMin; minute < visit.toMin; minute += 7) {
        for (const person of visit.people) {
          const presence = presenceAt(site, visit, person, minute);
          if (!presence || ['wading', 'swimming', 'paddling'].includes(presence.posture)) continue;
          expect(site.shore.offshoreM(presence.eastM, presence.northM)).toBeGreaterThan(0);
        }
      }
    }
  });

  it.each([
    { day: '2025-08-08', minute: 360, instant: '2025-08-08T04:00:00.000Z', shown: '2025:08:08 06:00:00+02:00' },
    { day: '2025-12-01', minute: 600, instant: '2025-12-01T09:00:00.000Z', shown: '2025:12:01 10:00:00+01:00' },
    { day: '2025-10-25', minute: 2160, instant: '2025-10-26T11:00:00.000Z', shown: '2025:10:26 12:00:00+01:00' },
  ])('knows summer time: $day + $minute min', ({ day, minute, instant, shown }) => {
    expect(instantOf(day, minute).toISOString()).toBe(instant);
    const { time, utcOffset } = wallClock(new Date(instant));
    expect(time + utcOffset).toBe(shown);
  });

  it('has the sun in the south at noon and below the horizon at night', () => {
    const noon = sunAt(new Date('2025-08-08T11:40:00Z'));
    expect(noon.altitudeDeg).toBeCloseTo(61, 0);
    expect(noon.toward[1]).toBeLessThan(-0.4);
    expect(Math.abs(noon.toward[0])).toBeLessThan(0.03);
    expect(sunAt(new Date('2025-08-08T22:00:00Z')).altitudeDeg).toBeLessThan(-15);
  });

  it('takes from a farther thing what a nearer one hides', () => {
    const window = { x: 10, y: 20, w: 2, h: 2, fine: 1 };
    const far = { window, outline: new Float32Array(4).fill(1), visible: new Float32Array(4).fill(1) };
    const near = {
      window: { ...window, x: 11 },
      outline: new Float32Array(4).fill(1),
      visible: new Float32Array(4).fill(1),
    };
    hideBehind(far, near);
    expect([...far.visible]).toEqual([1, 0, 1, 0]);
    expect(boxAround(window, far.visible)).toEqual({ x: 10, y: 20, w: 1, h: 2 });
    expect(boxAround(window, new Float32Array(4))).toBeUndefined();
  });
});
