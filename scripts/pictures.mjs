// `node scripts/pictures.mjs`: turns the best screenshots of the last run of the windows' tests (out/screens)
// into the README's pictures: smaller, and drawn by the Chromium that the tests use.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from './hosts.mjs';
import { ROOT } from './run.mjs';

const PICTURES = ['clerk-placement', 'signer-reading', 'signer-code'];
const WIDTH = 900;
/** A picture is read on every visit to the README. */
const MOST_BYTES = 120_000;

const browser = await chromium.launch({ executablePath: findChromium() ?? '' });
try {
  for (const name of PICTURES) {
    const source = join(ROOT, 'out', 'screens', `${name}.png`);
    if (!existsSync(source)) {
      console.log(`${name}: no screenshot; run the tests of the windows first`);
      process.exitCode = 1;
      continue;
    }
    const picture = await shrunk(readFileSync(source));
    if (picture.length > MOST_BYTES) throw new Error(`${name} has ${picture.length} bytes, too many`);
    writeFileSync(join(ROOT, 'docs', 'pictures', `${name}.png`), picture);
    console.log(`${name}: ${picture.length} bytes`);
  }
} finally {
  await browser.close();
}

/** @param {Buffer} png */
async function shrunk(png) {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]; // IHDR
  const size = { width: WIDTH, height: Math.round((WIDTH * height) / width) };
  const page = await browser.newPage({ viewport: size });
  await page.setContent(
    `<body style="margin:0"><img style="display:block;width:100%" src="data:image/png;base64,${png.toString('base64')}">`,
  );
  await page.waitForFunction('document.images[0].complete');
  const picture = await page.screenshot();
  await page.close();
  return picture;
}
