import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { IdPictures } from './id-pictures.ts';

const DRAFT = 'drf_0000000000000001';
const PICTURE = Buffer.from('a picture of somebody');

const open = (folder: string, now = new Date()) =>
  new IdPictures({ folder, key: async () => new Uint8Array(32).fill(7), days: () => 30, now: () => now });

it('pictures of people lie sealed, each in its place, until they are removed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
  await open(folder).add(DRAFT, 'rear', PICTURE);
  await open(folder).add(DRAFT, 'front', PICTURE);
  expect(await open(folder).sides(DRAFT)).toEqual(['front', 'rear']);
  expect(Buffer.from(await open(folder).read(DRAFT, 'rear'))).toEqual(PICTURE);
  for (const name of await readdir(folder))
    expect((await readFile(join(folder, name))).includes('somebody')).toBe(false);
  await open(folder).removeAll(DRAFT);
  expect(await readdir(folder)).toEqual([]);
});

it('pictures go when their time is over', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
  await open(folder).add(DRAFT, 'front', PICTURE);
  await open(folder, new Date(Date.now() + 31 * 86_400_000)).purge();
  expect(await readdir(folder)).toEqual([]);
});
