import { expect, it } from 'vitest';
import { certificateTime, classicDate, compactTime, documentDate, imageDate } from './dates.ts';
import { assertEnvironment, environmentName } from './environment.ts';
import { mediaTypeOf, pngSize } from './file-type.ts';

const at = new Date('2021-07-02T08:08:21.132Z');

it.each([
  ['documents', documentDate(at), '02/07/2021 08:08:21'],
  ['images', imageDate(at), '2021-07-02 08:08:21.132000'],
  ['classic callbacks', classicDate(at), '2021-07-02T08:08:21.132000'],
  ['newer callbacks', compactTime(at), '20210702080821'],
  ['certificates', certificateTime(at.toISOString()), '20210702 08:08:21'],
])('an instant is written for %s as the documents of the vendor show it', (_, written, expected) => {
  expect(written).toBe(expected);
});

it('a client may name the environment of this Optimizer, by either name, or none', () => {
  for (const env of ['sandbox', 'test', '', undefined]) assertEnvironment(env, 'sandbox');
  assertEnvironment(environmentName('production'), 'production');
  for (const env of ['prod', 'staging', 'constructor'])
    expect(() => assertEnvironment(env, 'sandbox')).toThrow(expect.objectContaining({ httpStatus: 400 }));
});

it.each([
  ['%PDF-1.7', 'application/pdf'],
  ['junk before\n%PDF-1.4', 'application/pdf'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['\0\0\0\x18ftypmp42', 'video/mp4'],
  ['{"messageDigest":""}', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('a file that begins with %j is %s', (head, type) => {
  expect(mediaTypeOf(Buffer.from(head, 'latin1'))).toBe(type);
});

it('a picture says its size in its first chunk, or has none', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d494844520000012c00000064', 'hex');
  expect(pngSize(png)).toEqual([300, 100]);
  expect(pngSize(png.subarray(0, 20))).toBeUndefined();
  expect(pngSize(Buffer.alloc(24))).toBeUndefined();
});
