import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { MAX_LOGO_BYTES, readLogo } from './read-logo.ts';

const png = await readFile('test/conformance/handwriting.png');

it('takes a PNG as it is', () => {
  expect(Buffer.from(readLogo(png), 'base64')).toEqual(png);
});

it.each([
  ['another kind of picture', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['nothing', Buffer.alloc(0)],
  ['a torn head', png.subarray(0, 20)],
  ['too many bytes', Buffer.concat([png, Buffer.alloc(MAX_LOGO_BYTES)])],
  [
    'too many pixels',
    Buffer.concat([png.subarray(0, 16), Buffer.from('0000271000000001', 'hex'), png.subarray(24)]),
  ],
])('refuses %s', (_what, bytes) => {
  expect(() => readLogo(bytes)).toThrow(expect.objectContaining({ code: 'OSS_LOGO_INVALID' }));
});
