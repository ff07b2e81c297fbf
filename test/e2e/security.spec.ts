import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { choose, corpus, expect, launchStation, signerWindows, test } from './station.ts';
import { fillIdentity, handOver, pickDocuments, register } from './steps.ts';

/** The official checklist of Electron's security guide, item by item, where a running window can tell. */
test('a page has the closed bridge and nothing of Node or Electron', async ({ station: { clerk } }) => {
  const found = await clerk.evaluate(() => ({
    node: ['require', 'process', 'module', 'global', 'Buffer'].filter((name) => name in window),
    bridge: Object.keys((window as unknown as { station: object }).station).sort(),
    documents: Object.keys(
      (window as unknown as { station: { documents: object } }).station.documents,
    ).sort(),
  }));
  expect(found).toEqual({
    node: [],
    bridge: [
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
    documents: ['addDropped', 'choose', 'clear', 'examine', 'remove', 'reorder', 'secondLook', 'unlock'],
  });
  const changed = await clerk.evaluate(() => {
    const { station } = window as unknown as { station: { documents: Record<string, unknown> } };
    try {
      station.documents.choose = () => 'mine';
    } catch {
      // frozen
    }
    return String(station.documents.choose).includes('mine');
  });
  expect(changed).toBe(false);
});

test('a page runs no foreign code, and loads from nowhere else', async ({ station: { clerk } }) => {
  const outcome = await clerk.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.push(effectiveDirective),
    );
    const script = document.createElement('script');
    script.textContent = 'window.evil = true';
    document.head.append(script);
    const failed = async (attempt: () => unknown) => {
      try {
        await attempt();
        return false;
      } catch {
        return true;
      }
    };
    // Out of the debugger's own call, which is exempt from the policy.
    const later = (attempt: () => unknown) =>
      new Promise<boolean>((done) => setTimeout(async () => done(await failed(attempt))));
    const refused = {
      eval: await later(() => new Function('return 1')()),
      web: await failed(() => fetch('https://example.com/')),
      local: await failed(() => fetch('http://127.0.0.1:1/')),
      file: await failed(() => fetch('file:///etc/passwd')),
    };
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    document.body.append(frame);
    Object.assign(window, { violations });
    return { refused, evil: 'evil' in window };
  });
  expect(outcome.refused).toEqual({ eval: true, web: true, local: true, file: true });
  expect(outcome.evil).toBe(false);
  await expect
    .poll(() => clerk.evaluate(() => (window as unknown as { violations: string[] }).violations))
    .toEqual(expect.arrayContaining(['script-src-elem', 'connect-src', 'frame-src']));
});

test('a page stays where it is and opens no window', async ({ station: { app, clerk } }) => {
  const address = clerk.url();
  const opened = await clerk.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://example.com/';
    link.target = '_blank';
    document.body.append(link);
    link.click();
    return window.open('https://example.com/') === null;
  });
  expect(opened).toBe(true);
  await clerk.evaluate(() => location.assign('https://example.com/'));
  await clerk.evaluate(() => location.assign('/signer.html'));
  await clerk.waitForTimeout(500);
  expect(clerk.url()).toBe(address);
  await expect.poll(() => signerWindows(app).length).toBe(0);
  expect(
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL()),
  ).toBe('app://clerk/clerk.html');
});

test('a page gets no permission but the camera for pictures of id documents', async ({
  station: { clerk },
}) => {
  const states = await clerk.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'clipboard-read',
    ] as PermissionName[];
    const found = await Promise.all(
      names.map(async (name) => [name, (await navigator.permissions.query({ name })).state] as const),
    );
    return Object.fromEntries(found);
  });
  expect(states).toEqual({
    geolocation: 'denied',
    notifications: 'denied',
    camera: 'granted',
    microphone: 'denied',
    'clipboard-read': 'denied',
  });
});

test('main answers its own schemas only', async ({ station: { clerk } }) => {
  const codes = await clerk.evaluate(async () => {
    type Call = (argument?: unknown) => Promise<{ ok: boolean; error?: { code: string } }>;
    const { station } = window as unknown as { station: Record<string, Record<string, Call>> };
    const id = 'tx_0123456789abcdef01234567';
    const outcomes = [
      await station.documents?.remove?.({ id: '../../etc/passwd' }),
      await station.documents?.remove?.({ id: `doc_${'0'.repeat(32)}`, path: '/etc/passwd' }),
      await station.preferences?.change?.({ language: 'en', sandbox: false }),
      await station.transactions?.create?.({ documents: [`doc_${'0'.repeat(32)}`], identity: {} }),
      await station.transactions?.handOver?.({ id, pin: 'letters' }),
    ];
    return outcomes.map((outcome) => outcome?.error?.code);
  });
  expect(codes).toEqual(Array(5).fill('OSS_REQUEST_INVALID'));
});

test('each window loads its own documents and no page of the other', async ({ station }) => {
  const { app, clerk } = station;
  await pickDocuments(station, [corpus('pdftex.pdf')]);
  await expect(clerk.locator('.page[data-loaded]').first()).toBeVisible();
  const clerks = await clerk.evaluate(async () => {
    const { station: bridge } = window as unknown as {
      station: { documents: { remove(a: object): Promise<{ value: { id: string }[] }> } };
    };
    const picked = await bridge.documents.remove({ id: `doc_${'0'.repeat(32)}` });
    const id = picked.value[0]?.id ?? '';
    const range = await fetch(`/documents/${id}`, { headers: { range: 'bytes=0-3' } });
    const beyond = await fetch(`/documents/${id}`, { headers: { range: 'bytes=99999999-' } });
    return {
      id,
      status: range.status,
      text: await range.text(),
      beyond: beyond.status,
      other: (await fetch('/signer.html')).status,
    };
  });
  expect(clerks).toMatchObject({ status: 206, text: '%PDF', beyond: 416, other: 404 });
  await fillIdentity(clerk);
  await register(clerk);
  const signer = await handOver(station);
  const signers = await signer.evaluate(async (id) => {
    const bridge = (window as unknown as { station: object }).station;
    return {
      bridge: Object.keys(bridge).sort(),
      document: (await fetch(`/documents/${id}`)).status,
      page: (await fetch('/clerk.html')).status,
    };
  }, clerks.id);
  expect(signers).toEqual({ bridge: ['ceremony', 'station'], document: 404, page: 404 });
  expect(
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .map((w) => w.webContents.getURL())
        .sort(),
    ),
  ).toEqual(['app://clerk/clerk.html', 'app://signer/signer.html']);
});

test('dropped files come in by their path, and only by it', async () => {
  process.env.STANDIN_DROP_DIRECTORY = resolve('test/corpus');
  const { app, clerk } = await launchStation();
  try {
    await clerk.evaluate(async () => {
      const files = ['pdftex.pdf', 'x-zero.pdf'].map(
        (name) => new File(['not read'], name, { type: 'application/pdf' }),
      );
      const { station } = window as unknown as {
        station: { documents: { addDropped(f: File[]): Promise<unknown> } };
      };
      await station.documents.addDropped(files);
    });
    await choose(app, clerk, []);
    await expect(clerk.getByText('2 pages')).toBeVisible();
    await expect(clerk.getByText('The file is empty.')).toBeVisible();
  } finally {
    delete process.env.STANDIN_DROP_DIRECTORY;
    await app.close();
  }
});

test('a second start wakes the first and ends', async ({ station: { userData } }) => {
  const executable = resolve(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '', 'electron');
  const run = promisify(execFile)(executable, ['.', `--user-data-dir=${userData}`], {
    env: { ...process.env, STANDIN_HEADLESS: '1' },
    timeout: 60_000,
  });
  await expect(run).resolves.toBeDefined();
});

test('showing documents needs nothing that the policy forbids', async ({ station }) => {
  const { clerk } = station;
  const violations: string[] = [];
  clerk.on(
    'console',
    (message) => message.text().includes('Content Security Policy') && violations.push(message.text()),
  );
  await pickDocuments(
    station,
    ['chromium.pdf', 'reportlab-form.pdf', 'g-rot90.pdf', 'q-objstm.pdf'].map(corpus),
  );
  for (const name of ['chromium.pdf', 'reportlab-form.pdf', 'g-rot90.pdf', 'q-objstm.pdf']) {
    // The draft beside it is named after its first document too: "chromium.pdf 4 documents".
    await clerk.getByRole('button', { name: new RegExp(`^${name} \\d+ pages?\\b`) }).click();
    await expect(
      clerk
        .getByRole('region', { name: `Document ${name}` })
        .locator('.page[data-loaded]')
        .first(),
    ).toBeVisible();
  }
  expect(violations).toEqual([]);
});
