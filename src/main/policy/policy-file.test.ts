import { chmodSync, mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { policyFile, readPolicy } from './policy-file.ts';

const refused = expect.objectContaining({ code: 'OSS_POLICY_INVALID' });
const NONE = { version: 1, settings: {} };

describe('the policy of a computer', () => {
  let path: string;
  beforeEach(() => {
    path = join(mkdtempSync(join(tmpdir(), 'policy-')), 'policy.json');
  });
  const write = (content: unknown, mode = 0o644) => {
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    chmodSync(path, mode);
  };

  it.each(['linux', 'win32', 'darwin'] as const)('lies at one place on %s', (platform) => {
    expect(policyFile(undefined, platform)).toMatch(/policy\.json$/);
  });

  it('sets nothing where there is none', () => {
    expect(readPolicy(path)).toEqual(NONE);
    expect(readPolicy(undefined)).toEqual(NONE);
  });

  it('is taken as it is written, with the mark of an editor too', () => {
    const policy = {
      version: 1,
      settings: {
        service: { kind: 'remote', url: 'https://sign.example' },
        retention: { recordsDays: 7, customersDays: 0 },
      },
    };
    write(`\uFEFF${JSON.stringify(policy)}`);
    expect(readPolicy(path)).toEqual(policy);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['another version', { version: 2 }],
    ['a word that it does not know', { version: 1, setings: {} }],
    ['a section that cannot be set', { version: 1, settings: { officer: { username: 'x' } } }],
    [
      'an address that is not https',
      { version: 1, settings: { service: { kind: 'remote', url: 'http://a.example' } } },
    ],
    ['updates without a key', { version: 1, updates: { url: 'https://updates.example' } }],
    [
      'a colour that cannot be read',
      { version: 1, settings: { branding: { organisation: 'A', accent: '#ffffff' } } },
    ],
  ])('with %s stops the station', (_what, content) => {
    write(content);
    expect(() => readPolicy(path)).toThrow(refused);
  });

  it('that others may write stops the station', () => {
    write(NONE, 0o666);
    if (process.platform !== 'win32') expect(() => readPolicy(path)).toThrow(refused);
  });

  it('that is a folder, or endless, stops the station', () => {
    mkdirSync(path);
    expect(() => readPolicy(path)).toThrow(refused);
    const large = `${path}.large`;
    writeFileSync(large, '');
    truncateSync(large, 1024 ** 3);
    expect(() => readPolicy(large)).toThrow(refused);
  });

  it('is a policy or refused, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        write(text);
        try {
          return readPolicy(path).version === 1;
        } catch (thrown) {
          return (thrown as { code?: string }).code === 'OSS_POLICY_INVALID';
        }
      }),
      { numRuns: 60 },
    );
  });
});
