import type { Locator } from '@playwright/test';
import { longDocument } from './documents.ts';
import { lookAt } from './screens.ts';
import { corpus, expect, test } from './station.ts';
import { fillIdentity, pickDocuments, register, signerOfTests } from './steps.ts';

/** Something was drawn on it, if only white paper. */
const isPainted = (picture: Locator): Promise<boolean> =>
  picture.evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    return data.some((value, at) => at % 4 === 3 && value > 0);
  });

test('documents are put in order by buttons and by mouse, with a picture of each', async ({ station }) => {
  const { clerk } = station;
  await pickDocuments(station, ['pdftex.pdf', 'libreoffice.pdf', 'reportlab.pdf'].map(corpus));
  const items = clerk.getByRole('complementary').getByRole('listitem').filter({ hasText: '.pdf' });
  const order = async () => (await items.allTextContents()).map((text) => /(\w+)\.pdf/.exec(text)?.[1]);
  await expect(items).toHaveCount(3);
  await expect(items.locator('canvas')).toHaveCount(3);
  for (const picture of await items.locator('canvas').all())
    await expect.poll(() => isPainted(picture)).toBe(true);
  await clerk.getByRole('button', { name: 'Move reportlab.pdf up' }).click();
  await expect.poll(order).toEqual(['pdftex', 'reportlab', 'libreoffice']);
  await items.filter({ hasText: 'libreoffice' }).dragTo(items.filter({ hasText: 'pdftex' }));
  await expect.poll(order).toEqual(['libreoffice', 'pdftex', 'reportlab']);
  await clerk.getByRole('button', { name: 'Remove pdftex.pdf' }).click();
  await expect.poll(order).toEqual(['libreoffice', 'reportlab']);
  await expect(clerk.locator('.page[data-loaded]').first()).toBeVisible();
  await lookAt(clerk, 'clerk-documents-ordered');
});

test('of 2,000 pages only those in sight have a picture', async ({ station }) => {
  const { clerk } = station;
  await pickDocuments(station, [await longDocument(2000)]);
  const strip = clerk.getByRole('navigation', { name: 'Pages' });
  await expect(strip.getByRole('button', { name: 'Page 1', exact: true })).toBeVisible();
  await expect.poll(() => strip.getByRole('button').count()).toBeLessThan(20);
  // The first page was drawn before the viewer drew it, and nothing of that stays over it.
  await expect(clerk.locator('.page[data-page-number="1"][data-loaded]')).toBeVisible();
  await expect(clerk.locator('[role="region"] > canvas')).toHaveCount(0);
  await strip.getByRole('button', { name: 'Page 1', exact: true }).focus();
  await clerk.keyboard.press('End');
  await expect(clerk.getByText('Page 2000 of 2000')).toBeVisible();
  await expect(strip.getByRole('button', { name: 'Page 2000' })).toBeFocused();
  await expect.poll(() => strip.getByRole('button').count()).toBeLessThan(20);
  const neighbour = strip.getByRole('button', { name: 'Page 1998' }).locator('canvas');
  await expect.poll(() => isPainted(neighbour)).toBe(true);
  await lookAt(clerk, 'clerk-long-document');
});

test('the data of a returning customer are offered, and filled in only when asked for', async ({
  station,
}) => {
  const { clerk } = station;
  await pickDocuments(station, [corpus('pdftex.pdf')]);
  await fillIdentity(clerk);
  await register(clerk);
  await clerk.getByRole('button', { name: 'New customer' }).first().click();

  await pickDocuments(station, [corpus('libreoffice.pdf')]);
  await clerk.getByRole('button', { name: 'Continue to the signer' }).click();
  await clerk.getByLabel('Number', { exact: true }).fill(signerOfTests.number);
  await expect(clerk.getByText('Use the data of María José García Núñez?')).toBeVisible();
  await expect(clerk.getByLabel('Given name')).toHaveValue('');
  await lookAt(clerk, 'clerk-returning');
  await clerk.getByLabel('Number', { exact: true }).fill('87654321X');
  await expect(clerk.getByText('Use the data of')).toBeHidden();
  await clerk.getByLabel('Number', { exact: true }).fill(signerOfTests.number);
  await expect(clerk.getByText('Ask whether +34•••••••22 is still the phone.')).toBeVisible();
  await clerk.getByRole('button', { name: 'Use the data' }).click();
  await expect(clerk.getByRole('heading', { name: 'Place the signature' })).toBeVisible();
  await clerk.getByRole('button', { name: 'Back to the signer' }).click();
  await expect(clerk.getByLabel('Given name')).toHaveValue(signerOfTests.givenName);
  await expect(clerk.getByLabel('E-mail')).toHaveValue(signerOfTests.email);
  await expect(clerk.getByText('Use the data of')).toBeHidden();
});
