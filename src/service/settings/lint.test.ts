import { describe, expect, it } from 'vitest';
import { OssError } from '../../contract/errors.ts';
import { parseServiceConfig } from '../config/service-config.ts';
import { SHIPPED_PROFILES } from './profiles.ts';

const base = { mode: 'sandbox', dataDirectory: '/nowhere' };
const problems = (change: Record<string, unknown>): readonly string[] => {
  try {
    parseServiceConfig({ ...base, ...change });
    return [];
  } catch (error) {
    if (!(error instanceof OssError) || error.code !== 'OSS_CONFIG_INVALID') throw error;
    return error.details.fields as string[];
  }
};
const profile = (change: Record<string, unknown>) => ({ profiles: [{ ...SHIPPED_PROFILES[0], ...change }] });

describe('the configuration', () => {
  it('of a sandbox needs a mode and a directory only', () => {
    expect(problems({})).toEqual([]);
  });

  it('names every entry that is wrong, and those that it does not know', () => {
    const found = problems({ api: { port: 99_999 }, otp: { lifetimeSeconds: 3600 }, colour: 'red' });
    expect(found).toHaveLength(3);
    expect(found.join()).toContain('api.port');
    expect(found.join()).toContain('otp.lifetimeSeconds');
    expect(found.join()).toContain('colour');
  });

  it('keeps the session within two hours after the identity was verified', () => {
    expect(problems({ requestLifetimeMinutes: 120 })).toEqual([]);
    expect(problems({ requestLifetimeMinutes: 121 })).toHaveLength(1);
  });

  it('lets six digits have three tries at most', () => {
    expect(problems({ otp: { digits: 6, tries: 4 } })).toEqual([
      'otp: codes of up to 6 digits allow at most 3 tries',
    ]);
    expect(problems({ otp: { digits: 8, tries: 4 } })).toEqual([]);
  });

  it('refuses a validity that cannot hold preparing, backdating and time stamping together', () => {
    expect(problems(profile({ validityMinutes: 15, maxManifestAgeSeconds: 810 }))).toEqual([]);
    expect(problems(profile({ validityMinutes: 15, maxManifestAgeSeconds: 811 }))).toEqual([
      expect.stringContaining('at most 810'),
    ]);
    expect(problems(profile({ maxManifestAgeSeconds: 320 }))).toEqual([
      expect.stringContaining('leaves no time'),
    ]);
    expect(problems(profile({ validityMinutes: 24 * 60 + 1 }))).toHaveLength(1);
  });
});
