import { type Packaged, packageStation } from '../packages/packaged.ts';
import { expect, launchStation, test } from './station.ts';

test.describe('the station out of its package', () => {
  let packaged: Packaged;
  test.beforeAll(async () => {
    packaged = await packageStation();
  });
  test.afterAll(() => packaged.remove());

  test('starts its main process, shows the desk, and reaches its service', async () => {
    const { app, clerk } = await launchStation({ program: packaged.program });
    try {
      await expect(clerk.getByRole('button', { name: 'Administration' })).toBeVisible();
      expect(await app.evaluate(({ app: main }) => main.getAppPath())).toBe(packaged.program);
      await expect(clerk.getByText(/sandbox/i).first()).toBeVisible();
    } finally {
      await app.close();
    }
  });
});
