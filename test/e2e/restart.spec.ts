import { corpus, expect, killStation, launchStation, test } from './station.ts';
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

test('a station that was killed goes on where it was', async () => {
  const first = await launchStation();
  await pickDocuments(first, [corpus('pdftex.pdf')]);
  await fillIdentity(first.clerk);
  await register(first.clerk);
  await killStation(first);

  const second = await launchStation({ userData: first.userData });
  try {
    await second.clerk.getByRole('button', { name: /García Núñez/ }).click();
    await expect(second.clerk.getByRole('heading', { name: 'Hand over the screen' })).toBeVisible();
    const signer = await handOver(second);
    await signer.getByRole('button', { name: 'Begin reading' }).click();
    await readEverything(signer);
    await agree(signer);
    await typeCode(signer, await codeFromSms(second.clerk));
    await expect(signer.getByRole('heading', { name: /Thank you/ })).toBeVisible();
  } finally {
    await second.app.close();
  }
});
