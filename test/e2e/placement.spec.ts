import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { croppedDocument, loanContract, manyPages } from './documents.ts';
import { newInk, type Place } from './ink.ts';
import { lookAt } from './screens.ts';
import { corpus, expect, test } from './station.ts';
import {
  agree,
  codeFromSms,
  fillIdentity,
  goToPlacement,
  handOver,
  nextFrame,
  pickDocuments,
  readEverything,
  register,
  typeCode,
} from './steps.ts';

const box = (clerk: Page) => clerk.getByRole('application', { name: 'Signature box' });
const drawn = (clerk: Page) => box(clerk).locator('[data-drawn="true"] canvas');

/** Where something is when it has stopped moving. */
async function atRest(thing: Locator) {
  let place = await thing.boundingBox();
  await expect(async () => {
    const before = place;
    await nextFrame(thing.page());
    place = await thing.boundingBox();
    expect(place).not.toBeNull();
    expect(place).toEqual(before);
  }).toPass();
  if (!place) throw new Error('it is not to be seen');
  return place;
}

/** Where the clerk sees the box on its page. */
async function seenPlace(clerk: Page): Promise<Place> {
  await expect(drawn(clerk)).toBeVisible();
  const inner = await atRest(box(clerk));
  const sheet = await atRest(box(clerk).locator('..'));
  const left = (inner.x - sheet.x) / sheet.width;
  const top = (inner.y - sheet.y) / sheet.height;
  return {
    left,
    top,
    right: left + inner.width / sheet.width,
    bottom: top + inner.height / sheet.height,
  };
}

async function look(clerk: Page, name: string): Promise<void> {
  await clerk.getByRole('combobox', { name: 'Document', exact: true }).selectOption({ label: name });
  const shown = clerk.getByRole('region', { name: `Document ${name}` });
  await expect(shown.locator('.page[data-loaded]').first()).toBeVisible();
}

/** All new ink lies in the box, and fills the middle of it. */
function expectWithin(ink: Place | undefined, seen: Place): void {
  const rounding = 0.006;
  expect(ink).toBeDefined();
  if (!ink) return;
  expect(ink.left).toBeGreaterThanOrEqual(seen.left - rounding);
  expect(ink.top).toBeGreaterThanOrEqual(seen.top - rounding);
  expect(ink.right).toBeLessThanOrEqual(seen.right + rounding);
  expect(ink.bottom).toBeLessThanOrEqual(seen.bottom + rounding);
  const middle = { x: (seen.left + seen.right) / 2, y: (seen.top + seen.bottom) / 2 };
  expect(ink.left).toBeLessThan(middle.x);
  expect(ink.right).toBeGreaterThan(seen.left + (seen.right - seen.left) / 3);
  expect(ink.top).toBeLessThan(middle.y);
  expect(ink.bottom).toBeGreaterThan(middle.y);
}

test('signatures land where the clerk put them: turned, scaled and cropped pages, fields, certified files', async ({
  station,
}) => {
  const { clerk, delivered } = station;
  const cropped = await croppedDocument();
  const files = ['g-rot90.pdf', 'g-userunit.pdf', 'pdfbox-sigfield.pdf', 'signed-mdp2.pdf'].map(corpus);
  await pickDocuments(station, [...files, cropped]);
  await fillIdentity(clerk);
  await goToPlacement(clerk);
  // A field of the author is proposed by itself, so that places differ by document.
  await look(clerk, 'pdfbox-sigfield.pdf');
  await expect(clerk.getByRole('radio', { name: 'In the field “Approval” of the document' })).toBeChecked();
  await expect(clerk.getByRole('region', { name: 'Field “Approval”' }).locator('canvas')).toBeVisible();
  await lookAt(clerk, 'clerk-placement-field');
  await look(clerk, 'signed-mdp2.pdf');
  await expect(clerk.getByText('The author certified this document')).toBeVisible();
  await expect(clerk.getByRole('radio', { name: 'On a page' })).toBeDisabled();
  await expect(clerk.getByRole('radio', { name: /invisible/ })).toBeChecked();
  await lookAt(clerk, 'clerk-placement-certified');

  await look(clerk, 'g-rot90.pdf');
  await clerk.getByRole('combobox', { name: 'Page' }).selectOption('first');
  await expect(drawn(clerk)).toBeVisible();
  const before = await atRest(box(clerk));
  await clerk.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
  await clerk.mouse.down();
  await clerk.mouse.move(before.x - 60, before.y - 90, { steps: 4 });
  await clerk.mouse.up();
  const turned = await seenPlace(clerk);
  await lookAt(clerk, 'clerk-placement-turned');

  await look(clerk, 'g-userunit.pdf');
  await clerk.getByRole('combobox', { name: 'Page' }).selectOption('first');
  const numbers = { 'Left (mm)': '40', 'Top (mm)': '50', 'Width (mm)': '80', 'Height (mm)': '30' };
  for (const [label, value] of Object.entries(numbers)) {
    await clerk.getByRole('textbox', { name: label, exact: true }).fill(value);
    await clerk.getByRole('textbox', { name: label, exact: true }).press('Tab');
  }
  await expect(clerk.getByRole('textbox', { name: 'Left (mm)' })).toHaveValue('40');
  const scaled = await seenPlace(clerk);
  await lookAt(clerk, 'clerk-placement-scaled');

  await look(clerk, 'cropped.pdf');
  await expect(drawn(clerk)).toBeVisible();
  await box(clerk).focus();
  for (let step = 0; step < 6; step += 1) await clerk.keyboard.press('Control+ArrowLeft');
  for (let step = 0; step < 4; step += 1) await clerk.keyboard.press('Control+ArrowUp');
  for (let step = 0; step < 5; step += 1) await clerk.keyboard.press('Shift+ArrowRight');
  const part = await seenPlace(clerk);
  await lookAt(clerk, 'clerk-placement-cropped');

  await register(clerk);
  const signer = await handOver(station);
  await signer.getByRole('button', { name: 'Begin reading' }).click();
  await readEverything(signer);
  await agree(signer);
  await typeCode(signer, await codeFromSms(clerk));
  await expect(signer.getByRole('heading', { name: /Thank you/ })).toBeVisible({ timeout: 60_000 });

  await expect.poll(async () => (await readdir(delivered)).length).toBe(5);
  const signed = (name: string) => join(delivered, name.replace('.pdf', '-signed.pdf'));
  expectWithin(newInk(corpus('g-rot90.pdf'), signed('g-rot90.pdf'), 1), turned);
  expectWithin(newInk(corpus('g-userunit.pdf'), signed('g-userunit.pdf'), 1), scaled);
  expectWithin(newInk(cropped, signed('cropped.pdf'), 3), part);
  expect(newInk(corpus('pdfbox-sigfield.pdf'), signed('pdfbox-sigfield.pdf'), 1)).toBeDefined();
  expect(newInk(corpus('signed-mdp2.pdf'), signed('signed-mdp2.pdf'), 3)).toBeUndefined();
  for (const name of [
    'g-rot90.pdf',
    'g-userunit.pdf',
    'pdfbox-sigfield.pdf',
    'signed-mdp2.pdf',
    'cropped.pdf',
  ])
    expect(execFileSync('pdfsig', [signed(name)]).toString()).toContain('Signature is Valid');
});

test('one place for all documents is the last page of each, and a form is known again', async ({
  station,
}) => {
  const { clerk } = station;
  await pickDocuments(station, [await loanContract(), corpus('libreoffice.pdf')]);
  await fillIdentity(clerk);
  await goToPlacement(clerk);
  await expect(clerk.getByRole('checkbox', { name: 'The same place on all documents' })).toBeChecked();
  await expect(clerk.getByRole('combobox', { name: 'Page' })).toHaveValue('last');
  await expect(drawn(clerk)).toBeVisible();
  await lookAt(clerk, 'clerk-placement');
  const sheet = await atRest(box(clerk).locator('..'));
  // A click beside the box sets it down there: nothing needs dragging (WCAG 2.5.7).
  await clerk.mouse.click(sheet.x + sheet.width / 2, sheet.y + sheet.height / 2);
  await expect
    .poll(async () => {
      const { left, right } = await seenPlace(clerk);
      return (left + right) / 2;
    })
    .toBeCloseTo(0.5, 1);
  const first = await seenPlace(clerk);
  await look(clerk, 'libreoffice.pdf');
  await expect.poll(async () => (await seenPlace(clerk)).top).toBeCloseTo(first.top, 1);

  await clerk.getByRole('button', { name: 'Save as a template for this form…' }).click();
  await clerk.getByLabel('Name of the template').fill('Loan contract');
  await clerk.keyboard.press('Enter');
  await expect(clerk.getByText('Recognised as “Loan contract”')).toBeVisible();
  await clerk.getByRole('button', { name: 'New customer' }).first().click();

  await pickDocuments(station, [corpus('libreoffice.pdf')]);
  await fillIdentity(clerk);
  await goToPlacement(clerk);
  await expect(clerk.getByText('Recognised as “Loan contract”')).toBeVisible();
  await expect.poll(async () => (await seenPlace(clerk)).top).toBeCloseTo(first.top, 1);
  await lookAt(clerk, 'clerk-placement-template');
  await clerk.getByRole('textbox', { name: 'Height (mm)' }).fill('5');
  await clerk.getByRole('textbox', { name: 'Width (mm)' }).fill('10');
  await clerk.keyboard.press('Tab');
  await expect(clerk.getByRole('alert')).toBeVisible();
  await expect(clerk.getByRole('button', { name: 'Register the signer' })).toBeDisabled();
  await lookAt(clerk, 'clerk-placement-too-small');
});

test('the page opens on which the signature will be, and follows the choice of another', async ({
  station,
}) => {
  const { clerk } = station;
  await pickDocuments(station, [await manyPages(40)]);
  await fillIdentity(clerk);
  await goToPlacement(clerk);
  const pageOnScreen = clerk
    .getByRole('main')
    .getByText(/^Page \d+ of 40$/)
    .first();
  await expect(pageOnScreen).toHaveText('Page 40 of 40');
  await expect(box(clerk)).toBeInViewport({ ratio: 1 });
  await lookAt(clerk, 'clerk-placement-last-page');
  await clerk.getByRole('combobox', { name: 'Page' }).selectOption('first');
  await expect(pageOnScreen).toHaveText('Page 1 of 40');
  await expect(box(clerk)).toBeInViewport({ ratio: 1 });
  await clerk.getByRole('combobox', { name: 'Page' }).selectOption('last');
  await expect(pageOnScreen).toHaveText('Page 40 of 40');
  await expect(box(clerk)).toBeInViewport({ ratio: 1 });
});
