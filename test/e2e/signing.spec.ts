import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { choose, corpus, expect, test } from './station.ts';

const shots = (page: Page, name: string) => page.screenshot({ path: `out/screens/${name}.png` });

test('a customer signs two documents on their own display', async ({
  station: { app, clerk, delivered },
}) => {
  clerk.on('console', (m) => console.log('CONSOLE', m.type(), m.text(), m.location().url));
  await choose(app, clerk, [corpus('pdftex.pdf'), corpus('libreoffice.pdf')]);
  await clerk.getByRole('button', { name: 'Continue to the signer' }).click();
  await clerk.getByLabel('Given name').fill('María José');
  await clerk.getByLabel('Surname', { exact: true }).fill('García');
  await clerk.getByLabel('Second surname').fill('Núñez');
  await clerk.getByLabel('Number', { exact: true }).fill('12345678Z');
  await clerk.getByLabel('E-mail').fill('maria@example.es');
  await clerk.getByLabel('Mobile phone').fill('+34 600 111 222');
  await shots(clerk, 'identity');
  await clerk.getByRole('button', { name: 'Register the signer' }).click();
  await expect(clerk.getByRole('heading', { name: 'Hand over the screen' })).toBeVisible({ timeout: 40_000 });
  await clerk.waitForTimeout(800);
  await shots(clerk, 'hand-over');
  const opened = app.waitForEvent('window');
  await clerk.getByRole('button', { name: 'Hand over to the signer' }).click();
  const signer = await opened;
  signer.on('console', (m) => console.log('SIGNER', m.type(), m.text(), m.location().url));
  await signer.setViewportSize({ width: 1280, height: 800 });
  await expect(signer.getByRole('heading', { name: /Welcome/ })).toBeVisible();
  await shots(signer, 'signer-welcome');
  await signer.getByRole('button', { name: 'Begin reading' }).click();
  await expect(signer.locator('.page[data-loaded]').first()).toBeVisible();
  await signer.waitForTimeout(800);
  await shots(signer, 'signer-reading');
  await shots(clerk, 'follow-reading');
  for (
    let i = 0;
    i < 30 && !(await signer.getByRole('button', { name: 'I have seen everything' }).isVisible());
    i++
  ) {
    const next = signer.getByRole('button', { name: /Show the pages that are left|Next document/ });
    if (await next.isVisible()) await next.click();
    await signer.waitForTimeout(400);
  }
  await signer.getByRole('button', { name: 'I have seen everything' }).click();
  await expect(signer.getByRole('heading', { name: 'Do you agree?' })).toBeVisible();
  await signer.getByText('I accept the contract').click();
  await signer.getByText('I have read the 2 documents').click();
  await shots(signer, 'signer-agreement');
  await signer.getByRole('button', { name: 'Agree and send the code' }).click();
  await expect(signer.getByRole('heading', { name: 'Type the code from the SMS' })).toBeVisible();
  await shots(signer, 'signer-code');
  const sms = await clerk
    .getByText(/\d{6}\s*$/)
    .last()
    .textContent();
  await shots(clerk, 'follow-code');
  const code = /(\d{6})\D*$/.exec(sms ?? '')?.[1] ?? '';
  await signer.getByLabel('Code from the SMS').fill(code === '000000' ? '000001' : '000000');
  await signer.getByRole('button', { name: 'Sign now' }).click();
  await expect(signer.getByText('The code is not right')).toBeVisible();
  await shots(signer, 'signer-wrong-code');
  await signer.getByLabel('Code from the SMS').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await signer.getByRole('button', { name: 'Sign now' }).click();
  await expect(signer.getByRole('heading', { name: /Thank you/ })).toBeVisible();
  await shots(signer, 'signer-done');
  await clerk.waitForTimeout(1000);
  await shots(clerk, 'result');
  await signer.getByRole('button', { name: 'Finish' }).click();
  await expect.poll(() => app.windows().length).toBe(1);
  const files = await readdir(delivered);
  expect(files).toHaveLength(2);
  for (const file of files) {
    execFileSync('qpdf', ['--check', join(delivered, file)]);
    expect(execFileSync('pdfsig', [join(delivered, file)]).toString()).toContain('Signature is Valid');
  }
});
