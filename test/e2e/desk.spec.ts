import { copyFile, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { enterFirst, openAdministration, PASSPHRASE } from './admin-steps.ts';
import { lookAt } from './screens.ts';
import {
  choose,
  corpus,
  expect,
  killStation,
  launchStation,
  signerWindowOpenedBy,
  signerWindows,
  test,
} from './station.ts';
import {
  agree,
  codeFromSms,
  fillIdentity,
  handOver,
  pickDocuments,
  readEverything,
  register,
  signerOfTests,
  typeCode,
} from './steps.ts';

/** Counts what a clerk does: a press, a field that is filled in, a file that is chosen. */
class Counted {
  actions = 0;

  async press(button: Locator): Promise<void> {
    this.actions += 1;
    await button.click();
  }

  async fill(field: Locator, text: string): Promise<void> {
    this.actions += 1;
    await field.fill(text);
  }

  async enter(field: Locator): Promise<void> {
    this.actions += 1;
    await field.press('Enter');
  }
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function signAtTheSigners(signer: Page, code: () => Promise<string>): Promise<void> {
  await button(signer, 'Begin reading').click();
  await readEverything(signer);
  await agree(signer);
  await typeCode(signer, await code());
  await expect(signer.getByRole('heading', { name: /Thank you/ })).toBeVisible();
}

test.describe('on one display, as a newcomer has it', () => {
  test.use({ launch: { displays: 1 } });

  test('an own document is signed with at most ten actions of the clerk', async ({ station }) => {
    const { app, clerk } = station;
    const counted = new Counted();
    counted.actions += 1; // opens the dialog and chooses in it
    await choose(app, clerk, [corpus('pdftex.pdf')]);
    await counted.press(button(clerk, 'Continue to the signer'));
    await counted.fill(clerk.getByLabel('Number', { exact: true }), '12345678Z');
    await counted.fill(clerk.getByLabel('Given name'), 'Ada');
    await counted.fill(clerk.getByLabel('Surname', { exact: true }), 'Lovelace');
    const phone = clerk.getByLabel('Mobile phone');
    await counted.fill(phone, '600 111 222');
    await counted.enter(phone);
    await expect(clerk.getByRole('heading', { name: 'Place the signature' })).toBeVisible();
    await counted.press(button(clerk, 'Register the signer'));
    await counted.fill(clerk.getByLabel('Choose a PIN'), '2468');
    counted.actions += 1;
    const signer = await handOver(station);
    expect(counted.actions).toBeLessThanOrEqual(10);
    // The clerk's window lies behind this one: in the sandbox the simulated SMS is read here.
    await signAtTheSigners(signer, async () => {
      const sms = signer.getByRole('region', { name: 'Simulated SMS' }).getByText(/\d{6}\s*$/);
      await expect(sms).toBeVisible();
      await lookAt(signer, 'signer-code-one-display');
      return /(\d{6})\s*$/.exec((await sms.textContent()) ?? '')?.[1] ?? '';
    });
  });
});

test('a returning customer takes at most five', async ({ station }) => {
  const { app, clerk } = station;
  await pickDocuments(station, [corpus('libreoffice.pdf')]);
  await fillIdentity(clerk);
  await register(clerk);
  await button(clerk, 'New customer').first().click();

  const counted = new Counted();
  counted.actions += 1;
  await choose(app, clerk, [corpus('pdftex.pdf')]);
  await counted.press(button(clerk, 'Continue to the signer'));
  await counted.fill(clerk.getByLabel('Number', { exact: true }), signerOfTests.number);
  await counted.press(button(clerk, 'Use the data'));
  const signer = await signerWindowOpenedBy(app, () =>
    counted.press(button(clerk, 'Register and hand over')),
  );
  expect(counted.actions).toBeLessThanOrEqual(5);
  await signer.setViewportSize({ width: 1280, height: 800 });
  await expect(clerk.getByRole('navigation').getByText('Welcome')).toBeVisible();
  await signAtTheSigners(signer, () => codeFromSms(clerk));
  await button(signer, 'Finish').click();
  // The brand waits for the next customer, and nothing of this one.
  await expect.poll(() => signerWindows(app).length).toBe(0);
  const waiting = () => app.windows().find((page) => page.url().includes('display.html'));
  await expect.poll(() => waiting() !== undefined).toBe(true);
  const display = waiting();
  if (!display) throw new Error('no display waits');
  await expect(display.getByRole('heading', { name: 'Banco de Prueba' })).toBeVisible();
  await lookAt(display, 'signer-waiting');
});

test('what is prepared is never lost: side by side, and while a signature is checked', async ({
  station,
}) => {
  const { clerk } = station;
  const list = clerk.getByRole('navigation', { name: 'Transactions' });
  await pickDocuments(station, [corpus('pdftex.pdf')]);
  await button(clerk, 'Continue to the signer').click();
  await clerk.getByLabel('Given name').fill('Ada');
  await clerk.getByLabel('Mobile phone').fill('600 111 222');
  await button(clerk, 'New customer').first().click();
  await expect(clerk.getByText('Ready for the next customer')).toBeVisible();
  await pickDocuments(station, [corpus('libreoffice.pdf')]);
  await button(clerk, 'Continue to the signer').click();
  await clerk.getByLabel('Given name').fill('Grace');
  await button(clerk, 'Check a signed document').click();
  await expect(list.getByRole('button', { name: /^Grace/ })).toBeVisible();
  await lookAt(clerk, 'clerk-drafts');
  await list.getByRole('button', { name: /^Ada/ }).click();
  await expect(clerk.getByLabel('Given name')).toHaveValue('Ada');
  await expect(clerk.getByLabel('Mobile phone')).toHaveValue('+34 600 11 12 22');
  await list.getByRole('button', { name: /^Grace/ }).click();
  await expect(clerk.getByLabel('Given name')).toHaveValue('Grace');
  await button(clerk, 'Back to the documents').click();
  await expect(clerk.getByRole('complementary').getByText('libreoffice.pdf')).toBeVisible();
  await list.getByRole('button', { name: 'Discard Ada' }).click();
  await clerk.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
  await expect(list.getByRole('button', { name: /^Ada/ })).toBeHidden();
});

test('the same document picked twice is said at once, whatever its name', async ({ station }) => {
  const { app, clerk } = station;
  const copy = join(await mkdtemp(join(tmpdir(), 'copies-')), 'copy.pdf');
  await copyFile(corpus('pdftex.pdf'), copy);
  await pickDocuments(station, [corpus('pdftex.pdf'), corpus('libreoffice.pdf')]);
  await choose(app, clerk, [copy, corpus('pdftex.pdf')]);
  await expect(clerk.getByText('the same document: copy.pdf and pdftex.pdf.')).toBeVisible();
  await expect(
    clerk.getByRole('complementary').getByRole('listitem').filter({ hasText: '.pdf' }),
  ).toHaveCount(2);
});

test('the form says what is wrong in the language of the window, at the first field that is', async ({
  station,
}) => {
  const { clerk } = station;
  await pickDocuments(station, [corpus('pdftex.pdf')]);
  await clerk.getByRole('combobox', { name: 'Language' }).selectOption('es');
  await button(clerk, 'Continuar con el firmante').click();
  await clerk.getByLabel('Correo electrónico (opcional)').fill('nadie');
  await clerk.getByLabel('Teléfono móvil').fill('911 234 567');
  await clerk.getByLabel('Teléfono móvil').press('Enter');
  await expect(clerk.getByLabel('Número', { exact: true })).toBeFocused();
  await expect(clerk.getByText('El número del documento de identidad falta')).toBeVisible();
  await expect(clerk.getByText('Escriba una dirección de correo válida')).toBeVisible();
  await expect(clerk.getByText(/prefijo/).first()).toBeVisible();
  await lookAt(clerk, 'clerk-identity-errors');
  await clerk.getByLabel('Número', { exact: true }).fill('12345678A');
  await expect(clerk.getByText(/de control de este DNI/)).toBeVisible();
  await clerk.getByLabel('Documento de identidad', { exact: true }).selectOption('TIN');
  await clerk.getByLabel('Número', { exact: true }).press('Enter');
  await expect(clerk.getByText('ese número no existe')).toBeVisible();
});

test('the signer calls the clerk, gets help with the code, and declining is no success', async ({
  station,
}) => {
  const { clerk } = station;
  await pickDocuments(station, [corpus('pdftex.pdf')]);
  await fillIdentity(clerk);
  await clerk.getByText('The customer has no mobile phone?').click();
  await expect(clerk.getByText('The code of this service goes by SMS only')).toBeVisible();
  await register(clerk);
  await expect(button(clerk, 'Correct the data')).toBeVisible();
  const signer = await handOver(station);
  await button(signer, 'Call the clerk').click();
  await expect(button(signer, 'The clerk has been called')).toBeDisabled();
  await expect(clerk.getByText('The customer asks you to come.')).toBeVisible();
  await expect(clerk.getByRole('navigation').getByText('Calls you')).toBeVisible();
  await lookAt(clerk, 'clerk-called');
  await button(clerk, 'I am with the customer').click();
  await expect(button(signer, 'Call the clerk')).toBeEnabled();
  await button(signer, 'Begin reading').click();
  await readEverything(signer);
  await signer.getByText('What is this certificate?').click();
  await expect(signer.getByText('You keep nothing, install nothing')).toBeVisible();
  await agree(signer);
  await button(signer, 'I did not get it').click();
  await expect(signer.getByText('Only the newest one is good.')).toBeVisible();
  await lookAt(signer, 'signer-code-help');
  await button(signer, 'Decline').click();
  await signer.getByRole('alertdialog').getByRole('button', { name: 'Decline' }).click();
  await expect(clerk.getByRole('heading', { name: 'Declined by the customer' })).toBeVisible();
  await expect(clerk.getByRole('list', { name: 'Steps' }).locator('svg')).toHaveCount(0);
  await lookAt(clerk, 'clerk-declined');
});

test.describe('with three displays', () => {
  test.use({ launch: { displays: 3 } });

  test('the signer’s display is chosen by the number that it shows', async ({ station }) => {
    const { app, clerk } = station;
    await pickDocuments(station, [corpus('pdftex.pdf')]);
    await fillIdentity(clerk);
    await register(clerk);
    await expect(clerk.getByLabel('Signer’s display')).toBeVisible();
    // Read as soon as they are there: they go by themselves.
    const shown: Promise<string | null>[] = [];
    app.on('window', (page) => shown.push(page.locator('h1').textContent()));
    await button(clerk, 'Show the numbers of the displays').click();
    await expect.poll(() => shown.length).toBe(3);
    expect((await Promise.all(shown)).sort()).toEqual(['Display 1', 'Display 2', 'Display 3']);
    await clerk.getByLabel('Signer’s display').selectOption({ label: 'Display 3 (1280 × 800)' });
    await handOver(station);
    const bounds = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.webContents.getURL().includes('signer'))
        ?.getBounds(),
    );
    expect(bounds?.x).toBe(2560);
  });
});

test('what is prepared is there again after the station was killed', async () => {
  const first = await launchStation();
  // Where there is no keychain, what is kept is sealed under the passphrase that the administrator chose.
  await enterFirst(await openAdministration(first));
  await pickDocuments(first, [corpus('pdftex.pdf')]);
  await button(first.clerk, 'Continue to the signer').click();
  await first.clerk.getByLabel('Given name').fill('Ada');
  await expect(first.clerk.getByRole('navigation').getByRole('button', { name: /^Ada/ })).toBeVisible();
  await killStation(first);
  const kept = await readFile(join(first.userData, 'drafts.json'), 'utf8');
  expect(kept).not.toMatch(/Ada|pdftex/);

  const second = await launchStation({ userData: first.userData, keepSettings: true });
  try {
    const admin = await openAdministration(second);
    await admin.getByLabel('Passphrase').fill(PASSPHRASE);
    await admin.getByRole('button', { name: 'Open' }).click();
    await second.clerk.getByRole('navigation').getByRole('button', { name: /^Ada/ }).click();
    await expect(second.clerk.getByLabel('Given name')).toHaveValue('Ada');
    await button(second.clerk, 'Back to the documents').click();
    await expect(second.clerk.getByRole('complementary').getByText('pdftex.pdf')).toBeVisible();
  } finally {
    await second.app.close();
  }
});
