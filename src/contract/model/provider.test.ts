import { describe, expect, it } from 'vitest';
import { otherProviderSchema } from './provider.ts';

const vendor = { kind: 'one-shot-optimizer', username: 'officer' };
const csc = { kind: 'csc', credential: { type: 'listed' } };

describe.each([vendor, csc])('the address of $kind', (provider) => {
  it.each([
    'https://sign.example.com',
    'http://optimizer:8080',
    'http://10.1.2.3',
    'http://172.31.0.9/csc/v2',
    'http://192.168.7.7',
    'http://127.0.0.1:9000',
    'http://localhost:9000',
    'http://[::1]:9000',
    'http://[fd00::7]',
    'http://sign.bank.internal',
  ])('%s is taken', (url) => {
    expect(otherProviderSchema.safeParse({ ...provider, url }).success).toBe(true);
  });

  it.each([
    'http://sign.example.com',
    'http://203.0.113.7',
    'http://172.32.0.1',
    'http://10.example.com',
    'http://127.0.0.1.example.com',
    'http://internal.example.com',
    'http://[2001:db8::1]',
    'ftp://sign.bank.internal',
  ])('%s is refused: passwords would go there in clear', (url) => {
    const { error } = otherProviderSchema.safeParse({ ...provider, url });
    expect(error?.issues).toMatchObject([{ path: ['url'] }]);
  });

  it('in clear is a trial server’s own affair', () => {
    const trial = { ...provider, url: 'http://sign.example.com', environment: 'sandbox' };
    expect(otherProviderSchema.safeParse(trial).success).toBe(true);
  });
});
