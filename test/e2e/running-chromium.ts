import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { OwnChromium } from '../standin/chromium/process.ts';

interface Running {
  readonly chromium: OwnChromium;
  /** Of its debugging port. */
  readonly address: string;
  readonly profile: string;
}

let running: Promise<Running> | undefined;

async function start(): Promise<Running> {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
  const options = { userData: profile, headless: true, debuggingPort: '0' };
  return new Promise((listening, failed) => {
    const chromium = new OwnChromium(options, (address) => listening({ chromium, address, profile }));
    chromium.onceEnded(() => failed(new Error('Chromium ended before it listened')));
  });
}

/**
 * The Chromium of this worker of Playwright, in which one station after the other has its windows: each in browser
 * contexts of its own, which share neither storage nor renderer with those of another.
 * @returns the address of its debugging port, when the windows of the last station are gone
 */
export async function runningChromium(): Promise<string> {
  if (running && !(await running).chromium.isRunning()) await endChromium();
  running ??= start();
  const { address } = await running;
  const list = `http://${new URL(address).host}/json/list`;
  const windows = async () => {
    const targets = (await (await fetch(list)).json()) as { type: string; url: string }[];
    return targets.filter(({ type }) => type === 'page').map(({ url }) => url);
  };
  await expect.poll(windows, { message: 'windows of the last station', timeout: 30_000 }).toEqual([]);
  return address;
}

export async function endChromium(): Promise<void> {
  const ending = running;
  running = undefined;
  if (!ending) return;
  const { chromium, profile } = await ending;
  await chromium.letGo();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}
