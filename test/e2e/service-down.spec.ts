import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
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

/** The process of the embedded signature service, a child of the station, where there is one. */
function servicePid(station: number): number | undefined {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(station)])
    .toString()
    .split('\n')
    .map(Number)
    .filter((pid) => pid > 0);
  return children.find((pid) => commandLine(pid).includes('signature-service'));
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // It has ended meanwhile.
  }
}

/** Ends the service and each one that is started in its place, until the outage is over. @returns its end */
function outage(station: number): () => Promise<void> {
  const first = servicePid(station);
  if (first === undefined) throw new Error('there is no signature service');
  let isOver = false;
  const ended = (async () => {
    for (let pid: number | undefined = first; !isOver; pid = servicePid(station)) {
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      await pause(50);
    }
  })();
  return async () => {
    isOver = true;
    await ended;
  };
}

test('the service goes away at the worst moment, comes back, and the signer signs', async ({ station }) => {
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

  const endOutage = outage(app.process().pid ?? 0);
  await typeCode(signer, code);
  await expect(signer.getByRole('alert')).toBeVisible();
  await expect(signer.getByRole('heading', { name: 'Type the code from the SMS' })).toBeVisible();
  await endOutage();

  const thanks = signer.getByRole('heading', { name: /Thank you/ });
  const sign = signer.getByRole('button', { name: 'Sign now' });
  await expect(async () => {
    // Its answer may come while it is being pressed once more.
    if (await sign.isVisible()) {
      await signer.getByLabel('Code from the SMS').fill(code, { timeout: 3000 });
      await sign.click({ timeout: 3000 });
    }
    await expect(thanks).toBeVisible({ timeout: 10_000 });
  }).toPass();
  await expect(clerk.getByRole('heading', { name: 'Signed' })).toBeVisible();
});

test('a station closes though its service does not end', async ({ station: { app, clerk } }) => {
  test.skip(process.platform !== 'linux', 'finds the process by /proc');
  await expect(clerk.getByText('No transactions yet.')).toBeVisible();
  const running = () => servicePid(app.process().pid ?? 0);
  await expect.poll(running).toBeDefined();
  const service = running() ?? 0;
  const ended = once(app.process(), 'exit');
  process.kill(service, 'SIGSTOP');
  try {
    await clerk.close();
    expect(await ended).toEqual([0, null]);
  } finally {
    process.kill(service, 'SIGKILL');
  }
});
