import { setTimeout as pause } from 'node:timers/promises';
import { Random } from './random.ts';
import type { World } from './world.ts';

/** Something that is taken away for a while. */
interface Disturbance {
  readonly name: string;
  /** Of which one thing at a time is taken away. */
  readonly part: string;
  readonly longestMs: number;
  begin(world: World, random: Random): void | Promise<void>;
  end?(world: World): void | Promise<void>;
}

const HOUR_MS = 3600_000;

const ALWAYS: readonly Disturbance[] = [
  {
    name: 'the Optimizer is killed',
    part: 'optimizer',
    longestMs: 100,
    begin: ({ optimizer }) => optimizer.kill(),
  },
  { name: 'the service is killed', part: 'service', longestMs: 100, begin: ({ service }) => service.kill() },
  {
    name: 'the Optimizer stands still',
    part: 'optimizer',
    longestMs: 3000,
    begin: ({ optimizer }) => optimizer.freeze(),
    end: ({ optimizer }) => optimizer.thaw(),
  },
  {
    name: 'the service stands still',
    part: 'service',
    longestMs: 3000,
    begin: ({ service }) => service.freeze(),
    end: ({ service }) => service.thaw(),
  },
  {
    name: 'connections to the service are cut',
    part: 'line',
    longestMs: 100,
    begin: ({ line }) => line.cut(),
  },
  {
    name: 'the network to the service is silent',
    part: 'line',
    longestMs: 4000,
    begin: ({ line }) => line.freeze(),
    end: ({ line }) => line.thaw(),
  },
  {
    name: 'the disk of the Optimizer is full',
    part: 'told',
    longestMs: 4000,
    async begin({ disk, optimizer, away }) {
      away.add('disk');
      if (disk) await disk.fill();
      else optimizer.disturb({ disk: 'full' });
    },
    async end({ disk, optimizer, away }) {
      if (disk) await disk.free();
      else optimizer.disturb({});
      away.delete('disk');
    },
  },
  {
    name: 'the clock of the Optimizer is wrong',
    part: 'told',
    longestMs: 6000,
    begin: ({ optimizer }, random) =>
      optimizer.disturb({ clock: Math.round(random.between(-3, 3) * HOUR_MS) }),
    end: ({ optimizer }) => optimizer.disturb({}),
  },
  {
    name: 'the clock of the service is wrong',
    part: 'service clock',
    longestMs: 9000,
    begin: ({ service }, random) => service.disturb({ clock: Math.round(random.between(-1, 1) * HOUR_MS) }),
    end: ({ service }) => service.disturb({}),
  },
];

const WITH_POSTGRES: readonly Disturbance[] = [
  {
    name: 'connections of the database are ended',
    part: 'database',
    longestMs: 100,
    begin: ({ postgres }) => postgres?.terminate(),
  },
  {
    name: 'connections to the database are cut',
    part: 'database',
    longestMs: 100,
    begin: ({ postgres }) => postgres?.relay.cut(),
  },
  {
    name: 'the network to the database is silent',
    part: 'database',
    longestMs: 5000,
    begin({ postgres, away }) {
      away.add('database');
      postgres?.relay.freeze();
    },
    end({ postgres, away }) {
      postgres?.relay.thaw();
      away.delete('database');
    },
  },
  {
    name: 'the server of the database is halted',
    part: 'database',
    longestMs: 3000,
    async begin({ postgres, away }) {
      away.add('database').add('server');
      await postgres?.server.halt();
    },
    async end({ postgres, away }) {
      await postgres?.server.start();
      away.delete('server');
      away.delete('database');
    },
  },
];

/**
 * Takes away one thing after the other, and two at once, with pauses in which something can go right.
 * @returns how often each was taken away
 */
export async function makeWeather(world: World, seed: number, forMs: number): Promise<Map<string, number>> {
  const disturbances = world.postgres ? [...ALWAYS, ...WITH_POSTGRES] : ALWAYS;
  const counts = new Map<string, number>();
  const busy = new Set<string>();
  const until = Date.now() + forMs;
  const lane = async (random: Random): Promise<void> => {
    while (Date.now() < until) {
      const { name, part, longestMs, begin, end } = random.oneOf(disturbances);
      const [before, during] = [random.between(500, 5000), random.between(50, longestMs)];
      await pause(before);
      if (busy.has(part)) continue;
      busy.add(part);
      await begin(world, random);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      await pause(during);
      await end?.(world);
      busy.delete(part);
    }
  };
  await Promise.all([lane(new Random(seed)), lane(new Random(seed + 1))]);
  return counts;
}
