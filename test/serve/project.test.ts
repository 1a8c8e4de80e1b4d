import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningService, startService } from './running-service.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ withTents: false });
});
afterAll(() => service.close());

/** An empty zip, or one with a file stored as it is. Written by hand, so that no tool is needed to test with. */
function makeZip(name?: string, text = '<qgis/>'): Uint8Array {
  const bytes = name === undefined ? Buffer.alloc(0) : Buffer.from(text);
  const title = Buffer.from(name ?? '');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(title.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(title.length, 28);
  const entries = name === undefined ? [] : [local, title, bytes];
  const directory = name === undefined ? [] : [central, title];
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length / 2, 10);
  end.writeUInt32LE(Buffer.concat(entries).length, 16);
  return Buffer.concat([...entries, ...directory, end]);
}

async function put(body: Uint8Array | string, type = 'application/octet-stream') {
  const response = await fetch(`${service.url}/api/project`, {
    method: 'PUT',
    headers: { 'Content-Type': type },
    body: body as BodyInit,
  });
  return {
    status: response.status,
    body: (await response.json()) as { code?: string; detail?: string; bytes?: number },
  };
}

const get = () => fetch(`${service.url}/api/project`);
const stored = () => path.join(service.fixture.folder, 'project.qgz');

describe('the project of a workspace', () => {
  beforeEach(() => rmSync(stored(), { recursive: true, force: true }));

  it('is missing until one is stored, and the answer says how to', async () => {
    const response = await get();
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'project-missing' });
  });

  it('comes back byte for byte, and lies in the folder as project.qgz', async () => {
    const zip = makeZip('Lac.qgs');
    expect(await put(zip)).toEqual({ status: 200, body: { bytes: zip.length } });
    const response = await get();
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(zip));
    expect(readFileSync(stored())).toEqual(Buffer.from(zip));
  });

  it('is replaced by the next one, and nothing else stays behind', async () => {
    await put(makeZip('one.qgs'));
    const second = makeZip('two.qgs', '<qgis version="3.22"/>');
    await put(second, 'application/zip');
    expect(readFileSync(stored())).toEqual(Buffer.from(second));
    expect(readdirSync(service.fixture.folder).filter((name) => name.includes('project'))).toEqual(['project.qgz']);
  });

  it('may have a comment at its end, as some programs write', async () => {
    const zip = makeZip('Lac.qgs');
    zip[zip.length - 2] = 5;
    expect((await put(Buffer.concat([zip, Buffer.from('saved')]))).status).toBe(200);
  });

  it.each([
    ['what is no zip', Buffer.from('<qgis/>')],
    ['nothing', new Uint8Array()],
    ['a zip cut short', makeZip('a.qgs').subarray(0, -4)],
    ['a zip that has lost its beginning', makeZip('a.qgs').subarray(20)],
    ['an empty zip', makeZip()],
    ['a zip of other files', makeZip('photo.jpg')],
  ])('is not replaced by %s', async (_, bytes) => {
    const kept = makeZip('kept.qgs');
    await put(kept);
    const { status, body } = await put(bytes);
    expect([status, body.code]).toEqual([422, 'project-not-qgz']);
    expect(readFileSync(stored())).toEqual(Buffer.from(kept));
  });

  it('is refused as JSON and above 32 MiB, with the limit told', async () => {
    expect((await put('{}', 'application/json')).body).toMatchObject({ code: 'body-not-file' });
    const { status, body } = await put(Buffer.alloc(33 * 2 ** 20));
    expect([status, body.code]).toEqual([413, 'body-too-large']);
    expect(body.detail).toContain('32 MiB');
  });

  it('that cannot be written leaves no half file and says so', async () => {
    mkdirSync(stored());
    const { body } = await put(makeZip('a.qgs'));
    expect(body.code).toBe('file-not-written');
    expect(readdirSync(service.fixture.folder).filter((name) => name.includes('.new'))).toEqual([]);
  });

  it('is described as bytes in the OpenAPI document', async () => {
    const document = (await (await fetch(`${service.url}/api/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { requestBody?: { content: object } }>>;
    };
    expect(document.paths['/api/project']?.put?.requestBody?.content).toMatchObject({
      'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
    });
  });
});
