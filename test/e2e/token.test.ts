import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startService } from '../serve/running-service.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const patience = { timeout: 60_000 };

describe.skipIf(!existsSync(executablePath))('the map of a service with a token', () => {
  it('is drawn whole once the browser was given the token as the password', async () => {
    const service = await startService({ withTents: false }, 'en', 'grande-motte');
    const browser = await chromium.launch({ executablePath, args });
    try {
      const open = async (password: string) => {
        const context = await browser.newContext({ httpCredentials: { username: 'anyone', password } });
        const page = await context.newPage();
        const refused: string[] = [];
        page.on('response', (response) => response.status() >= 400 && refused.push(response.url()));
        const status = (await page.goto(service.url, patience))?.status();
        return { page, refused, status };
      };
      expect((await open('petite-motte')).status).toBe(401);
      const { page, refused } = await open('grande-motte');
      await page.waitForSelector('html[data-ready]', patience);
      expect(refused).toEqual([]);
    } finally {
      await browser.close();
      await service.close();
    }
  }, 120_000);
});
