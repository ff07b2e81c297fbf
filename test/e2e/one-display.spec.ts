import { lookAt } from './screens.ts';
import { corpus, expect, signerWindows, test } from './station.ts';
import { fillIdentity, handOver, pickDocuments, register } from './steps.ts';

test.use({ launch: { displays: 1 } });

test('on a single display the PIN leads back, and declining signs nothing', async ({ station }) => {
  const { app, clerk } = station;
  await pickDocuments(station, [corpus('chromium.pdf')]);
  await fillIdentity(clerk);
  await register(clerk);
  await expect(clerk.getByRole('button', { name: 'Hand over to the signer' })).toBeDisabled();
  await clerk.getByLabel('Choose a PIN').fill('2468');
  await lookAt(clerk, 'clerk-turned-screen');
  const signer = await handOver(station);

  await signer.getByRole('button', { name: 'Back to the office' }).click();
  await signer.getByLabel('PIN').fill('1111');
  await signer.getByRole('button', { name: 'Take the screen' }).click();
  await expect(signer.getByText('That is not the PIN.').first()).toBeVisible();
  await lookAt(signer, 'signer-pin');
  await expect.poll(() => app.windows().length).toBe(2);
  await signer.getByRole('button', { name: 'Stay here' }).click();

  await signer.getByRole('combobox', { name: 'Language' }).selectOption('ca');
  await expect(signer.getByRole('heading', { name: /Us donem la benvinguda/ })).toBeVisible();
  await lookAt(signer, 'signer-welcome-ca');
  await signer.getByRole('button', { name: 'Rebutja' }).click();
  await lookAt(signer, 'signer-decline');
  await signer.getByRole('alertdialog').getByRole('button', { name: 'Rebutja' }).click();
  await expect(signer.getByRole('heading', { name: 'No s’ha signat res' })).toBeVisible();
  await lookAt(signer, 'signer-declined');

  await signer.getByRole('button', { name: 'Torna a l’oficina' }).click();
  await signer.getByLabel('PIN').fill('2468');
  await signer.getByRole('button', { name: 'Recupera la pantalla' }).click();
  await expect.poll(() => signerWindows(app).length).toBe(0);
  await expect(clerk.getByRole('heading', { name: 'Declined by the customer' })).toBeVisible();
  await lookAt(clerk, 'clerk-cancelled');
});
