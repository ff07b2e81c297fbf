import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SIGNABLE } from './corpus.ts';
import { DocumentRuns, RUN_BYTES } from './document-runs.ts';

const documents = SIGNABLE.map(({ path }) => readFileSync(path));
const runs = new DocumentRuns(documents);
const [chromium = Buffer.alloc(0)] = documents;
const stolen = chromium.subarray(5000, 5000 + RUN_BYTES);
const harmless = Buffer.from('{"given":"Zoë","digest":"2jmj7l5rSw0yVb/vlWAYkK/YBwk="}');
const within = (planted: string | Buffer): Buffer =>
  Buffer.concat([harmless, Buffer.from(planted), harmless]);

describe('the search for document content in traffic', () => {
  it('finds a run of 32 bytes as it is', () => {
    expect(runs.findIn(within(stolen))).toMatchObject({ encoding: 'none', offset: harmless.length });
  });

  it.each([0, 1, 2])('finds it in base64, %i bytes after the start of the text', (before) => {
    const text = Buffer.concat([Buffer.alloc(before, 1), stolen]).toString('base64');
    expect(runs.findIn(within(`"${text}"`))).toMatchObject({ encoding: 'base64' });
  });

  it('finds it in base64url and in base64 with escaped slashes', () => {
    expect(runs.findIn(within(`"${stolen.toString('base64url')}"`))?.run).toEqual(stolen);
    expect(runs.findIn(within(`"${stolen.toString('base64').replaceAll('/', '\\/')}"`))?.run).toEqual(stolen);
  });

  it('finds it in hexadecimal, whichever digit it begins at', () => {
    expect(runs.findIn(within(`"${stolen.toString('hex')}"`))).toMatchObject({ encoding: 'hexadecimal' });
    expect(runs.findIn(within(`"0${stolen.toString('hex')}"`))).toMatchObject({ encoding: 'hexadecimal' });
  });

  it('finds nothing where one byte of the run is another, in padding or in harmless traffic', () => {
    const changed = Buffer.from(stolen);
    changed.writeUInt8(changed.readUInt8(16) ^ 0xff, 16);
    expect(runs.findIn(within(changed))).toBeUndefined();
    expect(runs.findIn(within(Buffer.alloc(500, '0')))).toBeUndefined();
    expect(runs.findIn(harmless)).toBeUndefined();
  });
});
