import { choose, corpus, expect, test } from './station.ts';

test('opens, picks a document, shows it', async ({ station: { app, clerk } }) => {
  clerk.on('response', (r) => {
    if (r.status() >= 400) console.log('HTTP', r.status(), r.url());
  });
  clerk.on('console', (m) => console.log('CONSOLE', m.type(), m.text(), m.location().url));
  await expect(clerk.getByRole('heading', { name: 'Ready for the next customer' })).toBeVisible();
  await clerk.screenshot({ path: 'out/screens/home.png' });
  await choose(app, clerk, [corpus('pdftex.pdf'), corpus('x-notpdf.pdf'), corpus('g-rot90.pdf')]);
  await expect(clerk.getByText('Cannot be signed.', { exact: true })).toBeVisible();
  await expect(clerk.locator('.page[data-loaded]').first()).toBeVisible();
  await clerk.waitForTimeout(1500);
  await clerk.screenshot({ path: 'out/screens/picked.png' });
});
