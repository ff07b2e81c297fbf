import { expect, it } from 'vitest';
import { OssError } from '../../contract/errors.ts';
import { TokenLost } from '../keys/pkcs11/token-faults.ts';
import { describeCause } from './error-handler.ts';

const told = (cause: unknown): string => describeCause(new Error('', { cause })).split('\n')[0] ?? '';

it('a log names why a token said no, wherever the reason came from, and nothing else of what it said', () => {
  const inner = new Error('C_Sign: CKR_DEVICE_ERROR pin=482913 object=issuing');
  expect(told(inner)).toBe('Error CKR_DEVICE_ERROR');
  const lost = new TokenLost('CKR_SESSION_HANDLE_INVALID', { cause: inner });
  expect(told(new OssError('OSS_KEYS_UNAVAILABLE', { reason: lost.message }, { cause: lost }))).toBe(
    'OssError OSS_KEYS_UNAVAILABLE CKR_SESSION_HANDLE_INVALID',
  );
});

it('a log quotes no other message, and ends with errors that cause each other', () => {
  expect(told(new Error('insert into persons values (Maria)'))).toBe('Error');
  const ring = new Error('secret');
  ring.cause = ring;
  expect(told(ring)).toBe('Error');
});
