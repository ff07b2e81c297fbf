import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { photographed } from '../support/identity-card.ts';
import { zoneOf } from '../support/machine-readable.ts';
import { lookAt } from './screens.ts';
import { corpus, expect, type Station, test } from './station.ts';
import { handOver, pickDocuments, register } from './steps.ts';

const ZONE = zoneOf('TD1', {
  state: 'ESP',
  surname: 'GARCIA<NUNEZ',
  given: 'MARIA<CARMEN',
  number: 'BAA000589',
  born: '800101',
  expires: '310101',
  addition: '12345678Z',
});
/** Behind the end of a JPEG nobody looks: a file of 40 MB with an honest picture in it. */
const WEIGHT = 40_000_000;

async function asFile(name: string, content: Buffer | string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'pictures-')), name);
  await writeFile(path, content);
  return path;
}

async function toTheForm(station: Station) {
  const { clerk } = station;
  await pickDocuments(station, [corpus('pdftex.pdf')]);
  await clerk.getByRole('button', { name: 'Continue to the signer' }).click();
  await clerk.getByText('Pictures of the identity document').click();
  return {
    choose: (side: string, path: string) =>
      clerk.getByLabel(`${side}: choose a file`).last().setInputFiles(path),
  };
}

test('pictures of an identity document fill the form in, lie sealed, and leave with the registration', async ({
  station,
}) => {
  const { clerk, userData } = station;
  const { choose } = await toTheForm(station);
  const heavy = Buffer.concat([await photographed(ZONE, { turned: 90 }), Buffer.alloc(WEIGHT)]);
  await choose('Rear', await asFile('rear.jpg', heavy));
  await expect(clerk.getByText('Filled in from the document.', { exact: false })).toBeVisible({
    timeout: 60_000,
  });
  await expect(clerk.getByLabel('Number', { exact: true })).toHaveValue('12345678Z');
  await expect(clerk.getByLabel('Given name')).toHaveValue('Maria Carmen');
  await expect(clerk.getByLabel('Surname', { exact: true })).toHaveValue('Garcia');
  await expect(clerk.getByLabel('Second surname')).toHaveValue('Nunez');
  const holder = sharp({ create: { width: 300, height: 400, channels: 3, background: '#caa' } });
  await choose('Holder', await asFile('holder.png', await holder.png().toBuffer()));
  await expect(clerk.getByRole('button', { name: 'Holder: remove the picture' })).toBeVisible();
  await lookAt(clerk, 'clerk-identity-pictures');

  const folder = join(userData, 'id-pictures');
  await expect.poll(async () => (await readdir(folder)).length).toBe(2);
  const kept = await readdir(folder);
  for (const name of kept) {
    const content = await readFile(join(folder, name));
    expect(content.includes('JFIF')).toBe(false);
    expect(content.length).toBeLessThan(2_000_000);
  }

  await clerk.getByLabel('Mobile phone').fill('600 111 222');
  await register(clerk);
  await handOver(station);
  await expect.poll(() => readdir(folder)).toEqual([]);
});

test('what is no picture, or would fill the memory, is refused with a word', async ({ station }) => {
  const { clerk } = station;
  const { choose } = await toTheForm(station);
  await choose('Front', await asFile('letter.jpg', 'Dear Sir or Madam'));
  await expect(clerk.getByText('This file is not a JPEG or PNG picture.', { exact: false })).toBeVisible();
  const bomb = await sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: '#fff' } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  expect(bomb.length).toBeLessThan(3_000_000);
  await choose('Front', await asFile('bomb.png', bomb));
  await expect(clerk.getByText('The picture is too large', { exact: false })).toBeVisible();
  const cut = (await photographed(ZONE)).subarray(0, 700);
  await choose('Front', await asFile('cut.jpg', Buffer.from(cut)));
  await expect(clerk.getByText('This file is not a JPEG or PNG picture.', { exact: false })).toBeVisible();
  await expect(clerk.getByRole('button', { name: 'Front: remove the picture' })).toBeHidden();
});
