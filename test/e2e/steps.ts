import type { Locator, Page } from '@playwright/test';
import { choose, expect, type Station, signerWindowOpenedBy } from './station.ts';

/** What a clerk and a signer do, in their own words. */
export const signerOfTests = {
  givenName: 'María José',
  surname: 'García',
  secondSurname: 'Núñez',
  number: '12345678Z',
  email: 'maria@example.es',
  mobilePhone: '+34 600 111 222',
};

export async function pickDocuments({ app, clerk }: Station, files: readonly string[]): Promise<void> {
  await choose(app, clerk, files);
  await expect(clerk.getByRole('button', { name: 'Add more…' })).toBeVisible();
}

export async function fillIdentity(clerk: Page): Promise<void> {
  await clerk.getByRole('button', { name: 'Continue to the signer' }).click();
  await typeIdentity(clerk);
}

export async function typeIdentity(clerk: Page): Promise<void> {
  await clerk.getByLabel('Given name').fill(signerOfTests.givenName);
  await clerk.getByLabel('Surname', { exact: true }).fill(signerOfTests.surname);
  await clerk.getByLabel('Second surname').fill(signerOfTests.secondSurname);
  await clerk.getByLabel('Number', { exact: true }).fill(signerOfTests.number);
  await clerk.getByLabel('E-mail').fill(signerOfTests.email);
  await clerk.getByLabel('Mobile phone').fill(signerOfTests.mobilePhone);
}

/** On to the placement of the signature, which proposes a place of its own. */
export async function goToPlacement(clerk: Page): Promise<void> {
  await clerk.getByRole('button', { name: 'Continue to the signature' }).click();
  await expect(clerk.getByRole('heading', { name: 'Place the signature' })).toBeVisible();
}

export async function register(clerk: Page): Promise<void> {
  const onwards = clerk.getByRole('button', { name: 'Continue to the signature' });
  if (await onwards.isVisible()) await goToPlacement(clerk);
  await clerk.getByRole('button', { name: 'Register the signer' }).click();
  await expect(clerk.getByRole('heading', { name: 'Hand over the screen' })).toBeVisible({ timeout: 60_000 });
}

/** @returns the signer's window */
export async function handOver({ app, clerk }: Station): Promise<Page> {
  const signer = await signerWindowOpenedBy(app, () =>
    clerk.getByRole('button', { name: 'Hand over to the signer' }).click(),
  );
  await signer.setViewportSize({ width: 1280, height: 800 });
  await expect(signer.locator('h1')).toBeVisible();
  return signer;
}

/** Shows every page of every document by the one button that leads on, as fast as pages are drawn. */
export async function readEverything(signer: Page): Promise<void> {
  await readOnUntil(signer, signer.getByRole('button', { name: 'I have seen everything' }));
  await signer.getByRole('button', { name: 'I have seen everything' }).click();
}

/** Presses what leads on until this is on the screen; presses again before a page was drawn change nothing. */
export async function readOnUntil(
  signer: Page,
  wanted: Locator,
  // With the last page the button goes, between one look and the press.
  press = (next: Locator) => next.dispatchEvent('click', {}, { timeout: 1000 }).catch(() => undefined),
): Promise<void> {
  const next = signer.getByRole('button', { name: /Read on|Next document/ });
  while (!(await wanted.isVisible())) {
    if (await next.isVisible()) await press(next);
    await nextFrame(signer);
  }
}

/** What was changed is on the screen. */
export const nextFrame = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done))));

export async function agree(signer: Page): Promise<void> {
  await signer.getByText('I accept the contract').click();
  for (const tick of await signer.getByText(/I have read th/).all()) await tick.click();
  await signer.getByRole('button', { name: 'Agree and send the code' }).click();
  await expect(signer.getByRole('heading', { name: 'Type the code from the SMS' })).toBeVisible();
}

/** The code from the simulated SMS, as the clerk of a sandbox sees it. */
export async function codeFromSms(clerk: Page): Promise<string> {
  const sms = await clerk
    // The reference tells the message from numbers of the signer, which stand there before it has come.
    .getByText(/[0-9A-Z]{4}-[0-9A-Z]{4}[\s\S]*\D\d{6}\s*$/)
    .last()
    .textContent();
  return /(\d{6})\s*$/.exec(sms ?? '')?.[1] ?? '';
}

export async function typeCode(signer: Page, code: string): Promise<void> {
  await signer.getByLabel('Code from the SMS').fill(code);
  await signer.getByRole('button', { name: 'Sign now' }).click();
}
