import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { corpus, expect, test } from './station.ts';
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

/** The process of the embedded signature service, a child of the station. */
function servicePid(station: number): number {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(station)])
    .toString()
    .split('\n')
    .map(Number)
    .filter((pid) => pid > 0);
  const found = children.find((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('signature-service'),
  );
  if (found === undefined) throw new Error('there is no signature service');
  return found;
}

test('the service goes away at the worst moment, comes back, and the signer signs', async ({ station }) => {
  test.setTimeout(180_000);
  test.skip(process.platform !== 'linux', 'finds the process by /proc');
  const { app, clerk } = station;
  await pickDocuments(station, [corpus('pdftex.pdf')]);
  await fillIdentity(clerk);
  await register(clerk);
  const signer = await handOver(station);
  await signer.getByRole('button', { name: 'Begin reading' }).click();
  await readEverything(signer);
  await agree(signer);
  const code = await codeFromSms(clerk);

  process.kill(servicePid(app.process().pid ?? 0), 'SIGKILL');
  await typeCode(signer, code);
  await expect(signer.getByRole('alert')).toBeVisible();
  await expect(signer.getByRole('heading', { name: 'Type the code from the SMS' })).toBeVisible();

  await expect(async () => {
    await typeCode(signer, code);
    await expect(signer.getByRole('heading', { name: /Thank you/ })).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 60_000 });
  await expect(clerk.getByRole('heading', { name: 'Signed' })).toBeVisible();
});
