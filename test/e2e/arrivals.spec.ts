import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { corpus, expect, launchStation, type Station, test } from './station.ts';

/** As the system starts the program once more, for a file or a link. */
async function startAgain({ userData }: Station, ...given: string[]): Promise<void> {
  const executable = resolve(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '', 'electron');
  await promisify(execFile)(executable, ['.', `--user-data-dir=${userData}`, ...given], {
    env: { ...process.env, STANDIN_HEADLESS: '1' },
    timeout: 60_000,
  });
}

test('files and links of the system: picked, beside one another, never into another customer’s case', async () => {
  const station = await launchStation({ given: [corpus('pdftex.pdf')] });
  try {
    const { app, clerk } = station;
    const documents = clerk.getByRole('complementary').getByRole('listitem').filter({ hasText: '.pdf' });
    await expect(documents).toHaveText([/pdftex\.pdf/]);

    await startAgain(station, corpus('libreoffice.pdf'));
    await expect(documents).toHaveText([/pdftex\.pdf/, /libreoffice\.pdf/]);

    await clerk.getByRole('button', { name: 'Continue to the signer' }).click();
    await clerk.getByLabel('Given name').fill('Ada');
    await expect(clerk.getByRole('navigation').getByRole('button', { name: /^Ada/ })).toBeVisible();
    // Finder tells it in the running program.
    await app.evaluate(({ app: main }, file) => {
      main.emit('open-file', { preventDefault: () => undefined }, file);
    }, corpus('reportlab.pdf'));
    await expect(documents).toHaveText([/reportlab\.pdf/]);

    // A page of a browser wrote the link: its file is not taken.
    await startAgain(station, 'oneshot:check', corpus('q-objstm.pdf'));
    await expect(clerk.getByRole('complementary', { name: 'Check a signed document' })).toBeVisible();
    await startAgain(station, 'oneshot:sign?file=/etc/passwd');
    await clerk.getByRole('navigation').getByRole('button', { name: /^Ada/ }).click();
    await expect(clerk.getByLabel('Given name')).toHaveValue('Ada');
    await clerk.getByRole('button', { name: 'Back to the documents' }).click();
    await expect(documents).toHaveText([/pdftex\.pdf/, /libreoffice\.pdf/]);
  } finally {
    await station.app.close();
  }
});
