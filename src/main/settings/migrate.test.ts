import { expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { settingsSchema } from './port.ts';

const PEM = '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n';

it('keeps what the first stations stored about a remote service', () => {
  const first = {
    language: 'ca',
    organisation: 'Caixa de Prova',
    service: {
      kind: 'remote',
      url: 'https://sign.example',
      anchor: PEM,
      username: 'maria',
      registrationAuthority: '1000',
      profile: 'natural-person',
    },
  };
  expect(settingsSchema.parse(migrate(first))).toMatchObject({
    version: 2,
    language: 'ca',
    organisation: 'Caixa de Prova',
    service: { kind: 'remote', url: 'https://sign.example', profile: 'natural-person' },
    officer: { username: 'maria', registrationAuthority: '1000' },
    anchors: [{ pem: PEM, use: 'signatures' }],
  });
});

it('keeps for how long signers were remembered', () => {
  const { retention } = settingsSchema.parse(migrate({ returningCustomerDays: 0 }));
  expect(retention).toEqual({ recordsDays: 30, customersDays: 0 });
});

it.each([{}, { language: 'fr' }, { service: { kind: 'embedded' } }])(
  'leaves %j with its meaning',
  (stored) => {
    expect(settingsSchema.parse(migrate(stored))).toEqual(settingsSchema.parse(stored));
  },
);

it('changes nothing of present settings', () => {
  const present = settingsSchema.parse({ organisation: 'Bank' });
  expect(migrate(present)).toEqual(present);
});

it('refuses the settings of a newer station instead of losing some of them', () => {
  expect(() => migrate({ version: 3 })).toThrow(expect.objectContaining({ code: 'OSS_CONFIG_INVALID' }));
});
