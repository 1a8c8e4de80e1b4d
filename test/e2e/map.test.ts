/// <reference lib="dom" />
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningService, startService } from '../serve/running-service.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present && process.env.RIVAGE_REQUIRE_CHROMIUM === '1')
  throw new Error(`there is no browser at ${executablePath}`);
if (!present)
  console.warn(`The map page is not tested: there is no browser at ${executablePath} (CHROMIUM names one).`);

/** Software WebGL, and a browser that phones nobody. */
const args = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const screens = process.env.RIVAGE_SCREENSHOTS;
const patience = { timeout: 60_000 };

let browser: Browser;
let service: RunningService;
/** All that pages asked for or complained of. */
const requests: string[] = [];
const complaints: string[] = [];

/** Opens the page of a service and waits until all is drawn. */
async function open(url: string, wish: { width?: number; height?: number; locale?: string } = {}): Promise<Page> {
  const { width = 1440, height = 900, locale = 'en-GB' } = wish;
  const page = await browser.newPage({ viewport: { width, height }, locale });
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(url, patience);
  await page.waitForSelector('html[data-ready]', patience);
  return page;
}

interface Hook {
  readonly rivage: {
    readonly drawn: (layer: string) => number;
    readonly spot: () => readonly [number, number] | undefined;
  };
}
const untilDrawn = (page: Page, layer: string) =>
  page.waitForFunction((name) => (globalThis as unknown as Hook).rivage.drawn(name) > 0, layer, patience);
const untilText = (page: Page, selector: string, text: string) =>
  page.waitForFunction(
    ([where, what]) => document.querySelector(where)?.textContent === what,
    [selector, text] as const,
    patience,
  );
const count = async (page: Page): Promise<number> => Number((await page.textContent('#count'))?.replace(/\D/g, ''));
const shoot = async (page: Page, name: string): Promise<void> => {
  if (screens) await page.screenshot({ path: path.join(screens, `${name}.png`) });
};

/** Puts every choice back, as a fresh page has them. */
async function reset(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  for (const box of await page.locator('#labels input').all()) await box.check();
  await page.fill('#confidence', '0');
  await page.check('input[name=heat][value=none]', { force: true });
  await page.check('input[name=step][value=all]', { force: true });
}

describe.skipIf(!present)('the map page', { timeout: 180_000 }, () => {
  let page: Page;
  beforeAll(async () => {
    service = await startService({ withTents: true });
    browser = await chromium.launch({ executablePath, args });
    page = await open(service.url);
  });
  beforeEach(() => reset(page));
  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });
  const sql = async (text: string): Promise<number> =>
    (await service.fixture.db.query<{ n: number }>(text))[0]?.n ?? -1;

  it('draws lake, zones, cameras and sightings, and counts what it draws', async () => {
    for (const layer of ['lake', 'zones', 'view', 'sightings', 'ellipses']) await untilDrawn(page, layer);
    expect(await page.locator('.camera').count()).toBe(2);
    const { person = 0, boat = 0, tent = 0 } = service.fixture.counts;
    expect(await count(page)).toBe(person + boat + tent);
    await shoot(page, 'map');
  });

  it('hides a label, a low confidence, and all outside the time chosen', async () => {
    const all = await count(page);
    await page.uncheck('#label-tent');
    expect(await count(page)).toBe(all - (service.fixture.counts.tent ?? 0));
    await page.fill('#confidence', '0.6');
    const sure = "from rivage.sighting_map where label <> 'tent' and confidence >= 0.6";
    expect(await count(page)).toBe(await sql(`select count(*)::int as n ${sure}`));
    await page.click('#forward');
    await page.click('#forward');
    const day = "(taken_at at time zone 'Europe/Paris')::date = '2025-07-15'";
    const wanted = await sql(`select count(*)::int as n ${sure} and ${day}`);
    expect(wanted).toBeGreaterThan(0);
    expect(await count(page)).toBe(wanted);
    expect(await page.textContent('#window-text')).toBe('15 Jul 2025');
    await shoot(page, 'one-day');
  });

  it('plays through time and stops', async () => {
    await page.click('#play');
    await page.waitForFunction(
      () => document.querySelector('#window-text')?.textContent?.startsWith('15 Jul'),
      undefined,
      patience,
    );
    await page.click('#play');
    const still = await page.textContent('#window-text');
    await page.waitForTimeout(1500);
    expect(await page.textContent('#window-text')).toBe(still);
  });

  it('goes through the sightings one by one, each with its crop and its errors', async () => {
    await page.uncheck('#label-person');
    await page.uncheck('#label-boat');
    await page.click('#browse');
    await page.waitForFunction(
      () => (document.querySelector<HTMLImageElement>('#detail img')?.naturalWidth ?? 0) > 0,
      undefined,
      patience,
    );
    const detail = await page.textContent('#detail');
    expect(detail).toContain('Aire de bivouac');
    expect(detail).toMatch(/± 3\.0 m × ± 1\.2 m/);
    expect(detail).toContain('350 m');
    await shoot(page, 'sighting');
    const first = await page.getAttribute('#detail img', 'src');
    await page.click('#detail button[title="Next sighting"]');
    expect(await page.getAttribute('#detail img', 'src')).not.toBe(first);
    await page.keyboard.press('Escape');
    expect(await page.locator('#detail').isHidden()).toBe(true);
  });

  it('opens a sighting that is clicked on the map', async () => {
    await page.uncheck('#label-person');
    await page.uncheck('#label-tent');
    const spot = await page.waitForFunction(
      () => {
        const { rivage } = globalThis as unknown as Hook;
        return rivage.drawn('sightings') <= 40 && rivage.spot();
      },
      undefined,
      patience,
    );
    const [x, y] = (await spot.jsonValue()) as readonly [number, number];
    await page.mouse.click(x, y);
    await page.waitForSelector('#detail img', patience);
    expect(await page.textContent('#detail h2')).toBe('boat');
  });

  it('draws heatmaps of persons and of tent-nights, with a legend in numbers', async () => {
    await page.check('input[name=heat][value=bivouac]', { force: true });
    await untilDrawn(page, 'heat-bivouac');
    expect(await page.textContent('#heat-most')).toMatch(/^≈ \d\.\d tent-nights at one spot/);
    await shoot(page, 'bivouac');
    await page.check('input[name=heat][value=person]', { force: true });
    await untilDrawn(page, 'heat-person');
    await shoot(page, 'persons');
  });

  it('starts a run, shows how far it is, and cancels it', async () => {
    const { db } = service.fixture;
    await page.click('#open-run');
    await page.uncheck('#run-cameras input[value=ouest]');
    await page.click('#run-form button[type=submit]');
    await page.waitForSelector('#cancel-run:not([hidden])', patience);
    const [run] = await db.query<{ request: { cameraIds: string[] } }>('select request from rivage.run');
    expect(run?.request.cameraIds).toEqual(['nord']);
    await db.query(
      "update rivage.run set state = 'running', total = 100, done = 20, started_at = now() - interval '10 s', heartbeat = now()",
    );
    await untilText(page, '#progress-text', '20 of 100 photos · 2.0 photos/s · 40 s left');
    await shoot(page, 'run');
    await page.click('#cancel-run');
    await expect
      .poll(() => sql('select count(*)::int as n from rivage.run where cancel_requested'), { timeout: 20_000 })
      .toBe(1);
    await db.query("update rivage.run set state = 'cancelled', ended_at = now()");
    await untilText(page, '#progress-text', 'Cancelled after 20 photos.');
  });

  it('works by keyboard alone', async () => {
    await page.focus('#to');
    const before = await page.textContent('#window-text');
    await page.keyboard.press('ArrowLeft');
    expect(await page.textContent('#window-text')).not.toBe(before);
    await page.focus('#browse');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#detail:not([hidden])', patience);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('detail');
  });

  it('speaks French on demand, and prints a problem with its mend', async () => {
    await page.click('#language');
    expect(await page.getAttribute('html', 'lang')).toBe('fr');
    expect(await page.textContent('#title-sightings')).toContain('Observations');
    await shoot(page, 'french');
    await page.click('#open-run');
    await page.evaluate(() => {
      const select = document.querySelector<HTMLSelectElement>('#run-model');
      if (select) select.innerHTML = '<option value="gone@1">gone</option>';
    });
    await page.click('#run-form button[type=submit]');
    await page.waitForSelector('.notice', patience);
    expect(await page.textContent('.notice p')).toMatch(/^Il n'existe pas de modèle nommé gone@1/);
  });

  it('fits a phone, speaks its language, and says that nobody looked for tents where the model cannot', async () => {
    await page.close();
    await service.fixture.db.query("delete from rivage.label_threshold where label = 'tent'");
    page = await open(service.url, { width: 390, height: 844, locale: 'fr-FR' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await untilDrawn(page, 'sightings');
    expect(await page.textContent('#heat-note')).toBe('Tentes : non recherchées par ce modèle (demo-net@1).');
    await page.check('input[name=heat][value=bivouac]', { force: true });
    expect(await page.locator('#heat-legend').isHidden()).toBe(true);
    await shoot(page, 'phone');
  });

  it('never asks anything of another machine, and never fails in the console', () => {
    const own = /^(http:\/\/127\.0\.0\.1:\d+\/|data:|blob:http:\/\/127\.0\.0\.1)/;
    expect(requests.length).toBeGreaterThan(40);
    expect(requests.filter((url) => !own.test(url))).toEqual([]);
    // the run that is refused on purpose is answered with 404, which the console tells
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
  });
});
