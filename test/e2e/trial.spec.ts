import { host } from './host.ts';
import { corpus, expect, test } from './station.ts';

test.skip(host === 'electron', 'what the trial without Electron does by itself');

test('files are chosen in the dialog of the browser', async ({ station: { clerk } }) => {
  const dialog = clerk.waitForEvent('filechooser');
  await clerk.getByRole('button', { name: 'Choose files…' }).click();
  await (await dialog).setFiles(['pdftex.pdf', 'libreoffice.pdf'].map(corpus));
  const items = clerk.getByRole('complementary').getByRole('listitem').filter({ hasText: '.pdf' });
  await expect(items).toHaveCount(2);
  await expect(items.first()).toContainText('2 pages');
});

test('files are dropped from where they are', async ({ station: { clerk } }) => {
  const protocol = await clerk.context().newCDPSession(clerk);
  const drag = { items: [], files: [corpus('pdftex.pdf')], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await protocol.send('Input.dispatchDragEvent', { type, x: 700, y: 500, data: drag });
  await expect(clerk.getByText('2 pages')).toBeVisible();
});
