import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import {
  enterFirst,
  goTo,
  openAdministration,
  PASSPHRASE,
  PASSWORD,
  respondToDialogs,
  save,
} from './admin-steps.ts';
import { lookAt } from './screens.ts';
import { startStandaloneService } from './standalone-service.ts';
import { adminWindowOpenedBy, corpus, expect, launchStation, type Station, test } from './station.ts';
import {
  agree,
  codeFromSms,
  fillIdentity,
  handOver,
  pickDocuments,
  readEverything,
  register,
  typeCode,
} from './steps.ts';

const logo = resolve('test/conformance/handwriting.png');

/** The settings as they are on the disk. */
const stored = async ({ userData }: Station): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(userData, 'settings.json'), 'utf8'));

async function signIn(admin: Page, password: string): Promise<void> {
  await admin.getByLabel('Password').fill(password);
  await admin.getByRole('button', { name: 'Enter', exact: true }).click();
}

test('the first entry chooses passphrase and password; later ones need both', async ({ station }) => {
  const admin = await openAdministration(station);
  await expect(admin.getByRole('heading', { name: 'Choose a passphrase' })).toBeVisible();
  await admin.getByLabel('Passphrase').fill('short');
  await admin.getByRole('button', { name: 'Choose and continue' }).click();
  await expect(admin.getByText('That is too short: at least 12 characters.')).toBeVisible();
  await lookAt(admin, 'admin-passphrase');
  await admin.getByLabel('Passphrase').fill(PASSPHRASE);
  await admin.getByLabel('The same once more').fill(`${PASSPHRASE}!`);
  await admin.getByRole('button', { name: 'Choose and continue' }).click();
  await expect(admin.getByText('The two are not the same.')).toBeVisible();
  await enterFirst(admin);
  await expect(admin.getByText('Secrets are kept in a file')).toBeVisible();
  await admin.getByRole('button', { name: 'Leave the administration' }).click();

  for (let tries = 0; tries < 3; tries += 1) {
    await signIn(admin, 'not the password');
    await expect(admin.getByText('That is not the password.')).toBeVisible();
  }
  await lookAt(admin, 'admin-wrong-password');
  await expect(async () => {
    await signIn(admin, 'not the password');
    await expect(admin.getByText(/Too many tries|That is not the password/)).toBeVisible();
    await expect(admin.getByText(/Too many tries/)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  const refusal = await admin.getByText(/Too many tries/).textContent();
  await admin.waitForTimeout(1000 * Number(/(\d+) seconds/.exec(refusal ?? '')?.[1] ?? 0));
  await signIn(admin, PASSWORD);
  await expect(admin.getByRole('heading', { name: 'Service' })).toBeVisible();

  for (const file of ['secrets.json', 'settings.json', 'audit.jsonl']) {
    const text = await readFile(join(station.userData, file), 'utf8');
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(PASSPHRASE);
  }
});

test('nothing of the administration answers before the password, nor to another window', async ({
  station,
}) => {
  const admin = await openAdministration(station);
  type Call = (argument?: unknown) => Promise<{ ok: boolean; error?: { code: string } }>;
  const codes = await admin.evaluate(async () => {
    const { station: bridge } = window as unknown as { station: Record<string, Record<string, Call>> };
    const outcomes = [
      await bridge.settings?.view?.(),
      await bridge.settings?.saveService?.({ kind: 'embedded' }),
      await bridge.certificates?.chooseKeyFile?.(),
      await bridge.trustedLists?.view?.(),
      await bridge.audit?.list?.(),
      await bridge.health?.examine?.(),
    ];
    return outcomes.map((outcome) => outcome?.error?.code);
  });
  expect(codes).toEqual(Array(6).fill('OSS_ADMIN_LOCKED'));
  const bridges = await Promise.all(
    [admin, station.clerk].map((page) =>
      page.evaluate(() => Object.keys((window as unknown as { station: object }).station).sort()),
    ),
  );
  expect(bridges).toEqual([
    ['audit', 'certificates', 'gate', 'health', 'settings', 'station', 'trustedLists'],
    [
      'arrivals',
      'cases',
      'customers',
      'documents',
      'drafts',
      'idPictures',
      'placements',
      'preferences',
      'results',
      'secrets',
      'station',
      'transactions',
      'verification',
    ],
  ]);
});

test('a service with mutual TLS: certificate, anchors, officer, test, then a signature by it', async ({
  station,
}) => {
  const service = await startStandaloneService();
  try {
    const { app, clerk } = station;
    const admin = await openAdministration(station);
    await enterFirst(admin);
    await lookAt(admin, 'admin-service');
    await admin.getByText('Service at an address').click();
    await admin.getByLabel('Address', { exact: true }).fill('http://plain.example');
    await admin.getByRole('button', { name: 'Save' }).click();
    await expect(admin.getByText('That is not an address that begins with https://.')).toBeVisible();
    await admin.getByLabel('Address', { exact: true }).fill(service.url);
    await admin.getByRole('button', { name: 'Test the connection' }).click();
    await expect(admin.getByText('comes from an authority that this station does not trust')).toBeVisible();
    await lookAt(admin, 'admin-service-untrusted');

    await goTo(admin, 'Client certificate');
    const keyFile = service.tls.pack('station', 'from the operator');
    await respondToDialogs(app, { open: keyFile });
    await admin.getByRole('button', { name: 'Choose a file…' }).click();
    await admin.getByLabel('Password of station.p12').fill('wrong');
    await admin.getByRole('button', { name: 'Open the file' }).click();
    await expect(admin.getByText('The password does not open the file.')).toBeVisible();
    await lookAt(admin, 'admin-certificate-wrong');
    await admin.getByLabel('Password of station.p12').fill('from the operator');
    await admin.getByRole('button', { name: 'Open the file' }).click();
    await expect(admin.getByText('CN=station, O=Operator')).toBeVisible();
    await lookAt(admin, 'admin-certificate-open');
    await admin.getByRole('button', { name: 'Use this certificate' }).click();
    await expect(admin.getByRole('heading', { name: 'In use' })).toBeVisible();

    await goTo(admin, 'Trust anchors');
    const root = join(station.userData, 'root.pem');
    await writeFile(root, service.anchor);
    await respondToDialogs(app, { open: root });
    await admin.getByRole('button', { name: 'Choose a certificate file…' }).click();
    await lookAt(admin, 'admin-anchor-candidate');
    await admin.getByRole('button', { name: 'The fingerprint is right: trust it' }).click();
    await expect(admin.getByRole('heading', { name: 'Signatures and time stamps' })).toBeVisible();
    await respondToDialogs(app, { open: service.tls.path('authority.pem') });
    await admin.getByRole('button', { name: 'Choose a certificate file…' }).click();
    await admin.getByRole('combobox', { name: 'Trusted for' }).selectOption('server');
    await admin.getByRole('button', { name: 'The fingerprint is right: trust it' }).click();
    await expect(admin.getByRole('heading', { name: 'The TLS of the service’s address' })).toBeVisible();
    await lookAt(admin, 'admin-anchors');

    await goTo(admin, 'Officer');
    await admin.getByLabel('User').fill('officer');
    await admin.getByLabel('Registration authority').fill('1000');
    await admin.getByLabel('Password').fill('sandbox-password');
    await admin.getByLabel('PIN').fill('482913');
    await save(admin);
    await expect(admin.getByText('Stored. Leave empty to keep it.')).toHaveCount(2);
    await expect(admin.getByLabel('PIN')).toHaveValue('');
    await lookAt(admin, 'admin-officer');

    await goTo(admin, 'Service');
    await admin.getByText('Service at an address').click();
    await admin.getByLabel('Address', { exact: true }).fill(service.url);
    await admin.getByRole('button', { name: 'Test the connection' }).click();
    await expect(admin.getByText('officer is let in.')).toBeVisible();
    await expect(admin.getByText('A time stamp of the service leads to one of the anchors.')).toBeVisible();
    await lookAt(admin, 'admin-service-tested');
    await save(admin);

    expect(await stored(station)).toMatchObject({ service: { kind: 'remote', url: service.url } });
    const text = await readFile(join(station.userData, 'settings.json'), 'utf8');
    for (const secret of ['sandbox-password', '482913', 'PRIVATE KEY']) expect(text).not.toContain(secret);

    // In use without a restart, and recognised as the sandbox that it is.
    await pickDocuments(station, [corpus('pdftex.pdf')]);
    await expect(clerk.getByText('Sandbox: signatures made here')).toBeVisible();
    await fillIdentity(clerk);
    await register(clerk);
    await admin.getByText('Sandbox on this computer').click();
    await admin.getByRole('button', { name: 'Save' }).click();
    await expect(admin.getByText('Transactions are open that only the present service')).toBeVisible();
    const signer = await handOver(station);
    await signer.getByRole('button', { name: 'Begin reading' }).click();
    await readEverything(signer);
    await agree(signer);
    await typeCode(signer, await codeFromSms(clerk));
    await expect(signer.getByRole('heading', { name: /Thank you/ })).toBeVisible();
    await station.app.close();

    // After a restart the passphrase is asked for before the service can be reached.
    const second = await launchStation({ userData: station.userData, keepSettings: true });
    try {
      await expect(second.clerk.getByRole('heading', { name: 'Open the secrets' })).toBeVisible();
      await second.clerk.getByLabel('Passphrase').fill('wrong');
      await second.clerk.getByRole('button', { name: 'Open', exact: true }).click();
      await expect(second.clerk.getByText('That is not the passphrase.')).toBeVisible();
      await lookAt(second.clerk, 'clerk-unlock');
      await second.clerk.getByLabel('Passphrase').fill(PASSPHRASE);
      await second.clerk.getByRole('button', { name: 'Open', exact: true }).click();
      await expect(second.clerk.getByRole('button', { name: /García Núñez/ })).toBeVisible();
    } finally {
      await second.app.close();
    }
  } finally {
    await service.stop();
  }
});

test('branding, languages, retention and levels take effect at once', async ({ station }) => {
  const { app, clerk } = station;
  const admin = await openAdministration(station);
  await enterFirst(admin);

  await goTo(admin, 'Branding');
  await admin.getByLabel('Name of the organisation').fill('Caixa de Prova');
  await admin.getByLabel('Accent colour').fill('#ffcc00');
  await expect(admin.getByText('Too weak: at least 4.5 is needed')).toBeVisible();
  await admin.getByRole('button', { name: 'Save' }).click();
  await lookAt(admin, 'admin-branding-weak');
  expect(await stored(station)).not.toHaveProperty('accent');
  await admin.getByLabel('Accent colour').fill('#b5121b');
  await expect(admin.getByText('there the product’s own colour stays')).toBeVisible();
  await admin.getByLabel('Accent colour').fill('#6b0f1a');
  await expect(admin.getByText('Everybody can read it')).toBeVisible();
  await respondToDialogs(app, { open: corpus('pdftex.pdf') });
  await admin.getByRole('button', { name: 'Choose a picture…' }).click();
  await expect(admin.getByText('The picture is not a PNG')).toBeVisible();
  await respondToDialogs(app, { open: logo });
  await admin.getByRole('button', { name: 'Choose a picture…' }).click();
  await expect(admin.getByRole('img', { name: 'Logo' })).toBeVisible();
  await save(admin);
  await lookAt(admin, 'admin-branding');
  await expect(clerk.getByText('Caixa de Prova')).toBeVisible();
  await expect(clerk.locator('html')).toHaveAttribute('style', /--accent: #6b0f1a/);
  await lookAt(clerk, 'clerk-branded');

  await goTo(admin, 'Time stamp');
  await admin.getByLabel('Level of new signatures').selectOption('B-LTA');
  for (const url of ['http://tsa.one.example/', 'http://tsa.two.example/']) {
    await admin.getByLabel('Address of another').fill(url);
    await admin.getByRole('button', { name: 'Add' }).click();
  }
  await admin.getByRole('button', { name: 'Ask http://tsa.two.example/ earlier' }).click();
  await lookAt(admin, 'admin-timestamps');
  await save(admin);
  expect(await stored(station)).toMatchObject({
    level: 'B-LTA',
    timestampUrls: ['http://tsa.two.example/', 'http://tsa.one.example/'],
  });

  await goTo(admin, 'Retention');
  await admin.getByLabel('Days that records are kept').fill('0');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('A whole number of days from 1 to 3650.')).toBeVisible();
  await admin.getByLabel('Days that records are kept').fill('14');
  await admin.getByLabel('Days that signers are remembered').fill('0');
  await save(admin);
  await lookAt(admin, 'admin-retention');

  await goTo(admin, 'Languages');
  await admin.getByLabel('Language of the clerk').selectOption('ca');
  await admin.getByLabel('Language that the signer').selectOption('fr');
  await lookAt(admin, 'admin-languages');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(clerk.locator('html')).toHaveAttribute('lang', 'ca');
  await expect(admin.locator('html')).toHaveAttribute('lang', 'ca');
  await admin.getByRole('button', { name: 'Registre de canvis' }).click();
  await expect(admin.getByText(/El registre és íntegre/)).toBeVisible();
  await lookAt(admin, 'admin-audit-ca');
  expect(await stored(station)).toMatchObject({
    language: 'ca',
    signerLanguage: 'fr',
    retention: { recordsDays: 14, customersDays: 0 },
  });
});

test('the audit list tells who changed what, is exported, and notices a hand in it', async ({ station }) => {
  const { app, userData } = station;
  const admin = await openAdministration(station);
  await enterFirst(admin);
  await goTo(admin, 'Branding');
  await admin.getByLabel('Name of the organisation').fill('Banco Nuevo');
  await save(admin);
  await goTo(admin, 'Officer');
  await admin.getByLabel('User').fill('maria');
  await admin.getByLabel('Registration authority').fill('2000');
  await admin.getByLabel('Password').fill('planted-secret-77');
  await save(admin);

  await goTo(admin, 'Audit list');
  await expect(admin.getByText(/The list is whole: \d+ lines/)).toBeVisible();
  await expect(admin.getByText('Banco de Prueba → Banco Nuevo')).toBeVisible();
  await expect(admin.getByRole('row', { name: /Secret stored officer-password/ })).toBeVisible();
  await admin.getByLabel('Show').selectOption({ label: 'Secret stored' });
  await expect(admin.getByRole('row')).toHaveCount(2);
  await admin.getByLabel('Show').selectOption({ label: 'Everything' });
  await admin.getByLabel('Search').fill('organisation');
  await expect(admin.getByRole('row')).toHaveCount(2);
  await lookAt(admin, 'admin-audit');

  const target = join(userData, 'exported.jsonl');
  await respondToDialogs(app, { target });
  await admin.getByRole('button', { name: 'Export the list…' }).click();
  await expect(admin.getByText('The list is written.')).toBeVisible();
  const exported = await readFile(target, 'utf8');
  expect(exported).toContain('Banco Nuevo');
  expect(exported).not.toContain('planted-secret-77');

  const list = join(userData, 'audit.jsonl');
  const lines = (await readFile(list, 'utf8')).replace('Banco Nuevo', 'Banco Viejo');
  await writeFile(list, lines);
  await goTo(admin, 'Password');
  await lookAt(admin, 'admin-password');
  await goTo(admin, 'Audit list');
  await expect(admin.getByText(/Somebody changed the list: line \d+/)).toBeVisible();
  await lookAt(admin, 'admin-audit-broken');
});

test('everything can be done with the keyboard alone', async ({ station }) => {
  const { app, clerk } = station;
  await clerk.getByRole('button', { name: 'Administration' }).focus();
  const admin = await adminWindowOpenedBy(app, () => clerk.keyboard.press('Enter'));
  await expect(admin.locator('h1')).toBeVisible();
  for (const word of [PASSPHRASE, PASSWORD]) {
    await expect(admin.locator(':focus')).toHaveAttribute('type', 'password');
    await admin.keyboard.type(word);
    await admin.keyboard.press('Tab');
    await admin.keyboard.type(word);
    await admin.keyboard.press('Enter');
    await expect(admin.locator(`input[value="${word}"]`)).toHaveCount(0);
  }
  await expect(admin.getByRole('heading', { name: 'Service' })).toBeVisible();

  /** Goes on by the Tab key until a thing with this name has the focus. */
  const tabTo = async (name: string | RegExp) => {
    const wanted = admin.getByRole('button', { name }).or(admin.getByLabel(name)).first();
    await expect(wanted).toBeVisible();
    for (let steps = 0; steps < 40; steps += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await admin.keyboard.press('Tab');
    }
    throw new Error(`the Tab key does not reach ${name}`);
  };
  await tabTo('Branding');
  await admin.keyboard.press('Enter');
  await tabTo('Name of the organisation');
  await admin.keyboard.press('Control+A');
  await admin.keyboard.type('Typed by Keys');
  await admin.keyboard.press('Enter');
  await expect(admin.getByText('Saved.')).toBeVisible();
  await expect(clerk.getByText('Typed by Keys')).toBeVisible();
  await admin.keyboard.press('Shift+Tab');
  await tabTo('Leave the administration');
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('heading', { name: 'Enter the administration' })).toBeVisible();
});
