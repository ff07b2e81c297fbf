import type { Page } from '@playwright/test';
import { lookAt } from './screens.ts';
import { corpus, expect, type Station, signerWindows, test } from './station.ts';
import { agree, fillIdentity, handOver, pickDocuments, readEverything, register } from './steps.ts';

const toTheSigner = async (station: Station) => {
  await pickDocuments(station, [corpus('pdftex.pdf')]);
  await fillIdentity(station.clerk);
  await register(station.clerk);
  const signer = await handOver(station);
  await signer.clock.install();
  return signer;
};

/** A page that is full of words is given more time, so that how long it takes depends on what is on the screen. */
const untilAsked = (signer: Page) =>
  expect(async () => {
    await signer.clock.runFor(10_000);
    await expect(signer.getByRole('alertdialog', { name: 'Are you still there?' })).toBeVisible({
      timeout: 100,
    });
  }).toPass({ timeout: 60_000, intervals: [0] });

test('a screen that nobody is at is cleared after a question, and nothing is lost', async ({ station }) => {
  const { app, clerk } = station;
  const signer = await toTheSigner(station);
  const question = signer.getByRole('alertdialog', { name: 'Are you still there?' });
  await signer.getByRole('button', { name: 'Begin reading' }).click();
  await untilAsked(signer);
  await lookAt(signer, 'signer-idle');
  await signer.getByRole('button', { name: 'I am still here' }).click();
  await expect(question).toBeHidden();
  await signer.clock.runFor(60_000);
  await expect(question).toBeHidden();

  await untilAsked(signer);
  await signer.clock.runFor(31_000).catch(() => undefined);
  await expect.poll(() => signerWindows(app).length).toBe(0);
  await expect(clerk.getByText("Nobody was at the signer's screen any more")).toBeVisible();
  await lookAt(clerk, 'clerk-interrupted');
  const again = await handOver(station);
  await expect(again.getByRole('button', { name: 'Begin reading' })).toBeVisible();
});

for (const { what, emit, sentence } of [
  {
    what: 'an unplugged display',
    emit: 'screen' as const,
    sentence: "The signer's display was unplugged.",
  },
  { what: 'a locked computer', emit: 'powerMonitor' as const, sentence: 'The computer was locked' },
]) {
  test(`${what} ends the hand-over at once`, async ({ station }) => {
    const { app, clerk } = station;
    await toTheSigner(station);
    await app.evaluate(({ screen, powerMonitor }, which) => {
      if (which === 'powerMonitor') return powerMonitor.emit('lock-screen');
      const remaining = screen.getAllDisplays().slice(0, 1);
      screen.getAllDisplays = () => remaining;
      return screen.emit('display-removed');
    }, emit);
    await expect.poll(() => signerWindows(app).length).toBe(0);
    await expect(clerk.getByText(sentence)).toBeVisible();
  });
}

test('a wrong number is corrected without typing anything twice', async ({ station }) => {
  const { app, clerk } = station;
  const signer = await toTheSigner(station);
  await signer.getByRole('button', { name: 'Begin reading' }).click();
  await readEverything(signer);
  await agree(signer);
  await signer.getByRole('button', { name: 'This is not my number' }).click();
  await expect(clerk.getByText('The signer says that the phone number is wrong')).toBeVisible();
  await lookAt(clerk, 'clerk-wrong-number');

  await clerk.getByRole('button', { name: 'Correct the number' }).click();
  await expect.poll(() => signerWindows(app).length).toBe(0);
  await expect(clerk.getByLabel('Given name')).toHaveValue('María José');
  const phone = clerk.getByLabel('Mobile phone');
  await expect(phone).toHaveValue('+34600111222');
  await phone.fill('+34 600 333 444');
  await register(clerk);
  await expect(clerk.getByText('+34•••••••44').first()).toBeVisible();
  await expect(clerk.getByRole('navigation').getByText('Cancelled')).toBeVisible();
});

test.describe('on a turned screen', () => {
  test.use({ launch: { displays: 1 } });

  test("documents are covered, and the clerk's window stays behind the PIN", async ({ station }) => {
    const { app, clerk } = station;
    await pickDocuments(station, [corpus('pdftex.pdf')]);
    await fillIdentity(clerk);
    await register(clerk);
    await clerk.getByLabel('Choose a PIN').fill('2468');
    const signer = await handOver(station);
    await signer.clock.install();
    await signer.getByRole('button', { name: 'Begin reading' }).click();
    await untilAsked(signer);
    await signer.clock.runFor(31_000);
    await expect(signer.getByRole('heading', { name: 'Pause' })).toBeVisible();
    await expect(signer.locator('.pdfViewer')).toHaveCount(0);
    await lookAt(signer, 'signer-covered');
    await expect.poll(() => app.windows().length).toBe(2);
    await signer.getByRole('button', { name: 'Go on' }).click();
    await expect(signer.locator('.pdfViewer')).toBeVisible();
  });
});

test('the screen is read aloud by a voice of the machine itself', async ({ station }) => {
  const signer = await toTheSigner(station);
  await expect(signer.getByRole('button', { name: 'Read aloud' })).toBeHidden();
  // A voice as an operating system has it: what is spoken is kept instead of heard.
  await signer.evaluate(() => {
    const spoken: string[] = [];
    Object.assign(window, { spoken });
    const voice = { name: 'of the machine', lang: 'en-GB', localService: true, default: true };
    speechSynthesis.getVoices = () => [voice as SpeechSynthesisVoice];
    Object.assign(window, {
      SpeechSynthesisUtterance: class {
        readonly text: string;
        constructor(text: string) {
          this.text = text;
        }
      },
    });
    speechSynthesis.speak = ({ text }) => void spoken.push(text);
    speechSynthesis.dispatchEvent(new Event('voiceschanged'));
  });
  await signer.getByRole('button', { name: 'Read aloud' }).click();
  const spoken = () => signer.evaluate(() => (window as unknown as { spoken: string[] }).spoken.join(' '));
  await expect.poll(spoken).toContain('Welcome, María José');
  await expect.poll(spoken).toContain('You read the documents, page by page.');
  await lookAt(signer, 'signer-read-aloud');
});
