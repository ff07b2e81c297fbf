import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SANDBOX_OFFICER } from '../../src/service/config/sandbox-defaults.ts';
import { Clients, type Known } from './clients.ts';
import { check } from './outside/check.ts';
import { Random } from './random.ts';
import { makeWeather } from './weather.ts';
import { type DatabaseKind, openWorld, type World } from './world.ts';

export interface ChaosOptions {
  readonly database: DatabaseKind;
  /** The compiled `oneshot`. */
  readonly commandLine: string;
  /** Folder for what the programs say on standard error. */
  readonly logs?: string;
  readonly seconds: number;
  readonly seed: number;
  readonly clients?: number;
  /** PDF files that are signed. */
  readonly originals: readonly string[];
  /** How long clients may take to finish once everything is there again. */
  readonly calmSeconds?: number;
}

export interface ChaosReport {
  readonly faults: readonly string[];
  readonly disturbances: ReadonlyMap<string, number>;
  readonly requests: number;
  readonly signed: number;
  readonly cancelled: number;
  /** Why clients gave up, with how often. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly starts: { readonly optimizer: number; readonly service: number };
}

/**
 * Clients sign while everything that they need is taken away at random; then it is calm, they finish, and somebody
 * from outside compares what they were told with what is there.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const {
    database,
    commandLine,
    logs,
    seconds,
    seed,
    originals,
    clients: count = 3,
    calmSeconds = 120,
  } = options;
  const world = await openWorld(database, commandLine, logs);
  try {
    const token = await makeToken(world.optimizerUrl);
    const clients = new Clients(world.optimizerUrl, token, originals, new Random(seed + 2));
    const finish = clients.begin(count);
    const disturbances = await makeWeather(world, seed, seconds * 1000);
    await world.calm();
    await finish(calmSeconds * 1000);
    await settled(world);
    await world.optimizer.stop();
    await world.service.stop();
    const { known } = clients;
    const found = await check(known, {
      data: join(world.optimizerData, 'optimizer'),
      serviceData: world.serviceData,
      databaseUrl: world.postgres?.server.url,
      anchor: world.anchor,
    });
    // To be looked into.
    if (found.length > 0 && logs !== undefined) {
      await cp(world.optimizerData, join(logs, 'remains'), { recursive: true });
    }
    return {
      faults: [...world.faults, ...clients.faults, ...found],
      disturbances,
      requests: known.length,
      signed: known.filter(({ isSigned }) => isSigned).length,
      cancelled: known.filter(({ isCancelled }) => isCancelled).length,
      reasons: countedReasons(known),
      starts: { optimizer: world.optimizer.starts, service: world.service.starts },
    };
  } finally {
    await world.optimizer.stop();
    await world.service.stop();
    await world.close();
  }
}

function countedReasons(known: readonly Known[]): Map<string, number> {
  const reasons = new Map<string, number>();
  for (const { givenUp } of known) if (givenUp) reasons.set(givenUp, (reasons.get(givenUp) ?? 0) + 1);
  return reasons;
}

async function makeToken(url: string): Promise<string> {
  const { username, password, pin } = SANDBOX_OFFICER;
  const response = await fetch(`${url}/api/v1/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password, pin, env: 'sandbox' }),
  });
  const { details } = (await response.json()) as { details: string };
  if (!response.ok) throw new Error(`no token: ${JSON.stringify(details)}`);
  return details;
}

const RECOVERS_WITHIN_MS = 60_000;

/** Killed and started a last time: what stands after it stands for good. */
async function settled({ optimizer, optimizerUrl, faults }: World): Promise<void> {
  const before = optimizer.starts;
  optimizer.kill();
  const until = Date.now() + RECOVERS_WITHIN_MS;
  for (;;) {
    if (optimizer.starts > before && optimizer.isReady) {
      const ready = await fetch(`${optimizerUrl}/ready`).catch(() => undefined);
      if (ready?.ok && optimizer.hasRecovered) return;
    }
    if (Date.now() > until)
      return void faults.push('the Optimizer does not become ready when everything is there');
    await pause(200);
  }
}
