import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { PACKAGING } from '../../scripts/package/icons.mjs';
import { findUnsafeSettings } from '../../src/service/config/production-checks.ts';
import { parseServiceConfig } from '../../src/service/config/service-config.ts';
import { oneshot } from '../integration/command-line.ts';
import { startSimulator } from '../support/smsc.ts';

const FOLDER = join(PACKAGING, 'service');
const read = (...path: string[]): string => readFileSync(join(FOLDER, ...path), 'utf8');

/** The keys of the Compose specification that we use, each with the form that it has there; no others. */
const service = z.strictObject({
  image: z.string().optional(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string().optional() }).optional(),
  command: z.array(z.string()).optional(),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({
        condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']),
      }),
    )
    .optional(),
  environment: z.record(z.string(), z.string()).optional(),
  healthcheck: z
    .strictObject({
      test: z.tuple([z.enum(['CMD', 'CMD-SHELL']), z.string()], z.string()),
      interval: z.string().regex(/^\d+s$/),
    })
    .optional(),
  ports: z.array(z.string().regex(/^(?:[\d.]+:)?\d+:\d+$/)).optional(),
  profiles: z.array(z.string()).optional(),
  restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']).optional(),
  secrets: z.array(z.string()).optional(),
  stop_grace_period: z
    .string()
    .regex(/^\d+s$/)
    .optional(),
  volumes: z.array(z.string().regex(/^[^:]+:\/[^:]+(?::ro)?$/)).optional(),
});
const composeSchema = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), service),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
  volumes: z.record(z.string(), z.null()),
});

const readCompose = (text: string) => {
  const all = parse(text, { merge: true }) as Record<string, unknown>;
  // Extensions of ours begin so.
  const own = Object.entries(all).filter(([key]) => !key.startsWith('x-'));
  return composeSchema.parse(Object.fromEntries(own));
};
const compose = readCompose(read('compose', 'compose.yaml'));
const config = parseServiceConfig(JSON.parse(read('compose', 'service.json')));
const instructions = (file: string, name: string): string[] =>
  read(...file.split('/'))
    .replaceAll('\\\n', '')
    .split('\n')
    .flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []));

describe('the compose file', () => {
  it('has nothing but what the specification knows, in its form', () => {
    const text = read('compose', 'compose.yaml');
    for (const [right, wrong] of [
      ['depends_on:', 'depend_on:'],
      ['service_healthy', 'healthy'],
      ['stop_grace_period: 60s', 'stop_grace_period: 60'],
      ['"8443:8443"', '"8443"'],
    ] as const) {
      expect(text).toContain(right);
      expect(() => readCompose(text.replace(right, wrong)), wrong).toThrow();
    }
  });

  it('names only what is there: services, secrets, volumes, files', () => {
    const { services, secrets, volumes } = compose;
    for (const [
      name,
      { depends_on = {}, secrets: used = [], volumes: mounted = [], build },
    ] of Object.entries(services)) {
      for (const other of Object.keys(depends_on)) expect(services, name).toHaveProperty([other]);
      for (const secret of used) expect(secrets, name).toHaveProperty([secret]);
      for (const mount of mounted) {
        const [source = ''] = mount.split(':');
        if (source.startsWith('./')) expect(read('compose', source)).not.toBe('');
        else expect(volumes, name).toHaveProperty([source]);
      }
      if (build) expect(read('compose', build.context, build.dockerfile ?? 'Dockerfile')).not.toBe('');
    }
    const conditions = Object.values(services).flatMap(({ depends_on = {} }) => Object.entries(depends_on));
    for (const [name, { condition }] of conditions)
      if (condition === 'service_healthy') expect(services[name]?.healthcheck, name).toBeDefined();
  });

  it('gives two services one configuration that a production start takes, and everything that it names', () => {
    expect(config.mode).toBe('production');
    expect(findUnsafeSettings(config, false)).toEqual([]);
    const { first, second, database, metrics, smsc } = compose.services;
    expect({ ...second, ports: [] }).toEqual({ ...first, ports: [] });
    const paths = JSON.stringify(config).match(/(?<=")\/run\/secrets\/[^"]+/g) ?? [];
    expect(paths.map((path) => path.slice('/run/secrets/'.length)).sort()).toEqual(
      [...(first?.secrets ?? [])].sort(),
    );
    const url = new URL(config.database.type === 'postgres' ? config.database.url : '');
    expect(compose.services).toHaveProperty(url.hostname);
    expect(database?.environment).toMatchObject({
      POSTGRES_USER: url.username,
      POSTGRES_DB: url.pathname.slice(1),
    });
    for (const { ports = [] } of [first, second].map((one) => one ?? {}))
      expect(ports.map((port) => Number(port.split(':').at(-1)))).toEqual([
        config.api.port,
        config.public.port,
      ]);
    for (const folder of ['authorities', 'keys'])
      expect(first?.volumes).toContain(`${folder}:${join(config.dataDirectory, folder)}`);
    expect(instructions('Containerfile', 'RUN').join()).toContain(join(config.dataDirectory, 'keys'));
    const scraped = parse(read('compose', 'prometheus.yml'));
    expect(scraped.scrape_configs[0].static_configs[0].targets).toEqual([
      `first:${config.metrics?.port}`,
      `second:${config.metrics?.port}`,
    ]);
    expect(metrics?.volumes?.join()).toContain('prometheus.yml');
    expect(smsc).toBeDefined();
  });

  it('has an SMSC that is started as the one of the tests, for the account of the configuration', async () => {
    const [command = '[]'] = instructions('compose/Smsc.containerfile', 'CMD');
    const words: string[] = JSON.parse(command);
    const properties = new Map(
      words
        .filter((word) => word.startsWith('-D'))
        .map((word) => word.slice(2).split('=') as [string, string]),
    );
    const [gateway] = [config.sms].flat();
    if (gateway?.type !== 'smpp') throw new Error('an SMPP gateway is needed');
    expect(compose.services).toHaveProperty(gateway.host);
    expect(Object.fromEntries(properties)).toEqual({
      'jsmpp.simulator.port': String(gateway.port),
      'jsmpp.client.systemId': gateway.systemId,
      'jsmpp.client.password': 'secret',
    });
    const used = startSimulator.toString();
    for (const name of [...properties.keys(), words.at(-1) ?? '']) expect(used).toContain(name);
  });
});

describe('the commands of unit, container and compose file', () => {
  const unit = read('one-shot-signature-service.service');
  const ofUnit = [...unit.matchAll(/^Exec\w+=\/usr\/bin\/oneshot (.*)$/gm)].map(([, args = '']) =>
    args.split(' '),
  );
  const ofImage = instructions('Containerfile', 'CMD')
    .slice(-1)
    .map((json) => JSON.parse(json) as string[]);
  const ofCompose = Object.values(compose.services).flatMap(({ command }) => (command ? [command] : []));
  const commands = [...ofUnit, ...ofImage, ...ofCompose];

  it('are those that there are, with options that they have', async () => {
    expect(commands.length).toBeGreaterThanOrEqual(4);
    for (const command of commands) {
      const words = command.slice(
        0,
        command.findIndex((word) => word.startsWith('-')),
      );
      const help = await oneshot([...words, '--help']);
      expect(help.code, words.join(' ')).toBe(0);
      expect(help.stdout).toContain(`oneshot ${words.join(' ')}`);
      for (const option of command.filter((word) => word.startsWith('--')))
        expect(help.stdout, command.join(' ')).toMatch(new RegExp(`\\s${option}\\b`));
    }
  });

  it('read the file that is put there', () => {
    const files = commands.map((command) => command[command.indexOf('--config') + 1] ?? '');
    expect(new Set(files)).toEqual(new Set(['/etc/one-shot/service.json']));
    const mounts = compose.services.first?.volumes?.join() ?? '';
    for (const file of files) expect(mounts).toContain(`:${file}:ro`);
    expect(dirname(files[0] ?? '')).toBe('/etc/one-shot');
  });
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

describe.runIf(hasSystemd)('the systemd unit (skipped without systemd-analyze)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unit-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const verify = (name: string, text: string) => {
    // What it starts is not installed here.
    const path = join(folder, name);
    writeFileSync(path, text.replaceAll('/usr/bin/oneshot', '/bin/true'));
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', '--recursive-errors=one', path], {
      encoding: 'utf8',
    });
    return stderr.split('\n').filter((line) => line.includes(name));
  };

  it('has nothing that systemd does not know', () => {
    const unit = read('one-shot-signature-service.service');
    expect(verify('as-shipped.service', unit)).toEqual([]);
    expect(verify('misspelt.service', unit.replace('NoNewPrivileges', 'NoNewPrivilege'))).not.toEqual([]);
  });
});
