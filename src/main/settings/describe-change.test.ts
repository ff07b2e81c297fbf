import { describe, expect, it } from 'vitest';
import { makeHierarchy } from '../../../test/support/pki-hierarchy.ts';
import { toPem } from '../../pki/index.ts';
import { describeChanges } from './describe-change.ts';
import { settingsSchema } from './port.ts';

describe('a change of the settings', async () => {
  const { root } = await makeHierarchy();
  const { fingerprint } = root.certificate;
  const before = settingsSchema.parse({ organisation: 'Bank', accent: '#0f4c81' });
  const changed = (changes: object) =>
    describeChanges(before, settingsSchema.parse({ ...before, ...changes }));

  it('is nothing when nothing differs', () => {
    expect(changed({})).toEqual([]);
  });

  it('is told value by value, from old to new', () => {
    const service = { kind: 'remote', url: 'https://sign.example' };
    expect(changed({ organisation: 'undefined', accent: undefined, service })).toEqual([
      { subject: 'organisation', before: 'Bank', after: 'undefined' },
      { subject: 'accent', before: '#0f4c81' },
      { subject: 'service.kind', before: 'embedded', after: 'remote' },
      { subject: 'service.url', after: 'https://sign.example' },
    ]);
  });

  it('names certificates by subject and fingerprint, and pictures by their hash', () => {
    const anchors = [{ pem: toPem(root.certificate.der), use: 'signatures' }];
    expect(changed({ anchors, logo: 'AAAA' })).toEqual([
      {
        subject: `anchor.signatures.${fingerprint.slice(0, 16)}`,
        after: `CN=Test Root, C=ES (SHA-256 ${fingerprint})`,
      },
      { subject: 'logo', after: expect.stringMatching(/^SHA-256 [0-9a-f]{64}$/) },
    ]);
  });

  it('tells the order of time-stamp authorities', () => {
    const one = settingsSchema.parse({ timestampUrls: ['http://a.example/', 'http://b.example/'] });
    const other = settingsSchema.parse({ timestampUrls: ['http://b.example/', 'http://a.example/'] });
    expect(describeChanges(one, other)).toEqual([
      {
        subject: 'timestampUrls',
        before: 'http://a.example/, http://b.example/',
        after: 'http://b.example/, http://a.example/',
      },
    ]);
  });
});
