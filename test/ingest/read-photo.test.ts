import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LakeId } from '../../src/geo/lake.ts';
import { hashBytes } from '../../src/ingest/hash.ts';
import { measurePicture, thumbnailSizePx } from '../../src/ingest/picture-statistics.ts';
import { readPhoto } from '../../src/ingest/read-photo.ts';
import { encodeJpeg, encodePng, type PhotoExif, resize } from '../../src/picture/codec.ts';
import type { Image } from '../../src/picture/image.ts';
import type { CameraId, MountedCamera } from '../../src/workspace/mounted-camera.ts';
import { bombPng } from '../support/bomb-png.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rivage-read-'));
  await mkdir(path.join(folder, 'photos'));
});
afterAll(() => rm(folder, { recursive: true }));

const camera: MountedCamera = {
  id: 'north' as CameraId,
  name: 'North shore',
  lakeId: 'bleu' as LakeId,
  photoFolder: '/unused',
  position: { lng: 6.1, lat: 44.9, heightM: 2500, sigmaM: 2 },
  headingDeg: undefined,
  lens: { kind: 'brown-conrady', focalPx: undefined, focalMm: undefined, sensorWidthMm: undefined },
  clockTimeZone: 'Europe/Paris',
  clockOffsetS: 90,
  timeFromFileName: false,
  changeGate: true,
  intervalMin: 10,
  mountedFrom: undefined,
  mountedTo: undefined,
  gcps: [],
};

function scene(): Image {
  const sizePx = { widthPx: 192, heightPx: 128 };
  const rgb = Uint8Array.from({ length: 192 * 128 * 3 }, (_, index) => 60 + ((index * 7919) % 130));
  return { sizePx, rgb };
}

const jpeg = (exif: PhotoExif = { takenAtLocal: '2024:07:14 12:30:00' }) => encodeJpeg(scene(), 90, exif);

async function read(name: string, bytes: Uint8Array | string, changes: Partial<MountedCamera> = {}) {
  const file = path.join(folder, 'photos', name);
  await writeFile(file, bytes);
  return readPhoto({ file, workspaceFolder: folder, camera: { ...camera, ...changes } });
}

async function reasonOf(name: string, bytes: Uint8Array | string, changes: Partial<MountedCamera> = {}) {
  const { photo } = await read(name, bytes, changes);
  return photo.kind === 'unreadable' ? photo.reason : photo.kind;
}

describe('a photo', () => {
  it('has an identity by its bytes, a UTC time and its pixels', async () => {
    const bytes = await jpeg();
    const { photo, image } = await read('IMG_1.JPG', bytes);
    const thumbnail = await resize(scene(), thumbnailSizePx);
    expect(photo).toEqual({
      kind: 'photo',
      id: hashBytes(bytes),
      cameraId: 'north',
      path: 'photos/IMG_1.JPG',
      bytes: bytes.length,
      sizePx: { widthPx: 192, heightPx: 128 },
      takenAt: new Date('2024-07-14T10:28:30Z'),
      visibility: 'usable',
      statistics: expect.objectContaining({ luminance: expect.closeTo(measurePicture(thumbnail).luminance, 0) }),
    });
    expect(image?.rgb.length).toBe(192 * 128 * 3);
  });

  it('may be a PNG with EXIF, whatever its name says', async () => {
    const png = await encodePng(scene());
    expect(await reasonOf('a.jpg', png)).toBe('photo-without-time');
    expect(await reasonOf('2024-07-14_12-30.jpg', png, { timeFromFileName: true })).toBe('photo');
  });

  it('says when its EXIF offset contradicts the configured zone, which is the one used', async () => {
    const exif = { takenAtLocal: '2024:07:14 12:30:00', utcOffset: '+00:00' };
    const reading = await read('offset.jpg', await jpeg(exif));
    expect(reading).toMatchObject({ isOffsetContradicted: true, photo: { takenAt: new Date('2024-07-14T10:28:30Z') } });
    const same = await read('offset.jpg', await jpeg({ ...exif, utcOffset: '+02:00' }));
    expect(same).toMatchObject({ isOffsetContradicted: false });
  });

  it('without EXIF time takes it from its name only when its camera says so', async () => {
    const bytes = await jpeg({});
    expect(await reasonOf('IMG_20240714_123000.jpg', bytes)).toBe('photo-without-time');
    const { photo } = await read('IMG_20240714_123000.jpg', bytes, { timeFromFileName: true });
    expect(photo).toMatchObject({ kind: 'photo', takenAt: new Date('2024-07-14T10:28:30Z') });
  });
});

describe('a file that is no usable photo is a row with a reason:', () => {
  it('no bytes', async () => expect(await reasonOf('empty.jpg', '')).toBe('photo-empty'));

  it('text named .jpg', async () => expect(await reasonOf('text.jpg', 'hello')).toBe('photo-not-a-picture'));

  it('a JPEG cut anywhere', async () => {
    const bytes = await jpeg();
    for (const share of [0.05, 0.3, 0.6, 0.9, 0.99]) {
      const reason = await reasonOf('cut.jpg', bytes.slice(0, Math.floor(bytes.length * share)));
      expect([share, reason]).toEqual([share, expect.stringMatching(/^photo-(truncated|damaged)$/)]);
    }
    const { photo } = await read('cut.jpg', bytes.slice(0, Math.floor(bytes.length * 0.9)));
    expect(photo.takenAt).toEqual(new Date('2024-07-14T10:28:30Z'));
  });

  it('a bomb of 20,000 × 20,000 pixels, refused before it is decoded', async () => {
    expect(await reasonOf('bomb.png', bombPng(20_000))).toBe('photo-too-large');
  });

  it('a file too big to be a photo, not even read', async () => {
    const file = path.join(folder, 'photos', 'film.jpg');
    const handle = await open(file, 'w');
    await handle.truncate(3e9);
    await handle.close();
    const { photo } = await readPhoto({ file, workspaceFolder: folder, camera });
    expect(photo).toMatchObject({ kind: 'unreadable', reason: 'photo-file-too-big', bytes: 3e9 });
    await rm(file);
  });

  it('a file that went away', async () => {
    const { photo } = await readPhoto({ file: path.join(folder, 'gone.jpg'), workspaceFolder: folder, camera });
    expect(photo).toMatchObject({ kind: 'unreadable', reason: 'file-missing', path: 'gone.jpg' });
  });

  it.each([
    ['a reset clock', '1970:01:01 00:03:00', {}],
    ['a clock reset to 2000', '2000:01:01 00:00:10', {}],
    ['the future', '2099:01:01 00:00:00', {}],
    ['before the camera was mounted', '2024:06:01 12:00:00', { mountedFrom: new Date('2024-06-12T08:00:00Z') }],
    ['after it was taken down', '2024:10:20 12:00:00', { mountedTo: new Date('2024-10-12T08:00:00Z') }],
  ])('a time of %s', async (_, takenAtLocal, changes) => {
    expect(await reasonOf('time.jpg', await jpeg({ takenAtLocal }), changes)).toBe('photo-time-implausible');
  });

  it('each failure is its own row, although the bytes are the same', async () => {
    const [a, b] = [await read('a0.jpg', ''), await read('b0.jpg', '')];
    expect(a.photo.id).not.toBe(b.photo.id);
    expect((await read('a0.jpg', '')).photo.id).toBe(a.photo.id);
  });
});
