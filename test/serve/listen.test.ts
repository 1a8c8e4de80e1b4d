import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { listen } from '../../src/serve/listen.ts';

describe('listen', () => {
  it('says which port is taken', async () => {
    const first = await listen((_request, response) => response.end('ok'), 0);
    const port = Number(new URL(first.url).port);
    await expect(listen(() => undefined, port)).rejects.toMatchObject({ code: 'port-taken', params: { port } });
    await first.close();
  });

  it('answers on 127.0.0.1 and on no other address of this machine', async () => {
    const { url, close } = await listen((_request, response) => response.end('ok'), 0);
    expect(await (await fetch(url)).text()).toBe('ok');
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((one) => one && !one.internal && one.family === 'IPv4');
    for (const other of others) {
      await expect(fetch(url.replace('127.0.0.1', other?.address ?? ''))).rejects.toThrow();
    }
    await close();
  });

  it('lets a request under way end before it closes', async () => {
    const { url, close } = await listen((_request, response) => {
      setTimeout(() => response.end('late'), 200);
    }, 0);
    const answer = fetch(url).then((response) => response.text());
    await new Promise((resolve) => setTimeout(resolve, 50));
    await close();
    expect(await answer).toBe('late');
    const again = createServer();
    await new Promise<void>((resolve) => again.listen(Number(new URL(url).port), '127.0.0.1', resolve));
    again.close();
  });
});
