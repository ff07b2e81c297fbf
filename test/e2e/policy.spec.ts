import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enterFirst, goTo, openAdministration } from './admin-steps.ts';
import { lookAt } from './screens.ts';
import { expect, launchStation, test } from './station.ts';

test('what the policy of the computer sets is shown locked, and is not changed by any way', async () => {
  const policy = join(await mkdtemp(join(tmpdir(), 'policy-')), 'policy.json');
  const settings = {
    retention: { recordsDays: 7, customersDays: 0 },
    branding: { organisation: 'Banco de la Política' },
  };
  await writeFile(policy, JSON.stringify({ version: 1, settings }), { mode: 0o644 });
  const station = await launchStation({ policy });
  try {
    const admin = await openAdministration(station);
    await enterFirst(admin);
    const told = admin.getByText('This is set by the policy of this computer');
    await expect(told).toBeHidden();
    await goTo(admin, 'Retention');
    await expect(told).toBeVisible();
    await expect(admin.getByLabel('Days that records are kept')).toHaveValue('7');
    await expect(admin.getByLabel('Days that records are kept')).toBeDisabled();
    await expect(admin.getByRole('button', { name: 'Save' })).toBeDisabled();
    await lookAt(admin, 'admin-locked');
    await goTo(admin, 'Branding');
    await expect(admin.getByLabel('Name of the organisation')).toHaveValue('Banco de la Política');
    await expect(admin.getByRole('button', { name: /Choose/ })).toBeDisabled();

    const codes = await admin.evaluate(async () => {
      type Call = (argument?: unknown) => Promise<{ ok: boolean; error?: { code: string } }>;
      const { station: bridge } = window as unknown as { station: { settings: Record<string, Call> } };
      const outcomes = [
        await bridge.settings.saveRetention?.({ recordsDays: 30, customersDays: 30 }),
        await bridge.settings.saveBranding?.({ organisation: 'Another' }),
        await bridge.settings.saveTimestamps?.({ level: 'B-LTA', timestampUrls: [] }),
      ];
      return outcomes.map((outcome) => (outcome?.ok ? 'saved' : outcome?.error?.code));
    });
    expect(codes).toEqual(['OSS_SETTING_LOCKED', 'OSS_SETTING_LOCKED', 'saved']);
  } finally {
    await station.app.close();
  }
});
