import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ByteSource, eachBlock, memorySource } from './index.ts';

const BLOCK = 256 * 1024;

describe('walking over a source', () => {
  it.each([
    ['nothing', 5, 5],
    ['less than a block', 3, 1_000],
    ['a block', 0, BLOCK],
    ['a block and a byte', 1, BLOCK + 2],
    ['several blocks', 17, 3 * BLOCK + 20],
  ])('%s: every byte once, in order', async (_, start, end) => {
    const bytes = randomBytes(4 * BLOCK);
    const seen: Buffer[] = [];
    let next = start;
    await eachBlock(memorySource(bytes), start, end, (block, offset) => {
      expect(offset).toBe(next);
      next += block.length;
      seen.push(Buffer.from(block));
    });
    expect(Buffer.concat(seen).equals(bytes.subarray(start, end))).toBe(true);
  });

  it('waits for the next block before it fails: nobody still uses a buffer afterwards', async () => {
    let reading = 0;
    const bytes = memorySource(new Uint8Array(3 * BLOCK));
    const slow: ByteSource = {
      ...bytes,
      async readInto(target, offset) {
        reading += 1;
        await new Promise((resolve) => setImmediate(resolve));
        await bytes.readInto(target, offset);
        reading -= 1;
      },
    };
    const walking = eachBlock(slow, 0, slow.size, () => {
      throw new Error('enough');
    });
    await expect(walking).rejects.toThrow('enough');
    expect(reading).toBe(0);
  });

  it('says so when the source ends too early', async () => {
    const walking = eachBlock(memorySource(new Uint8Array(10)), 0, 2 * BLOCK, () => undefined);
    await expect(walking).rejects.toMatchObject({ code: 'OSS_FILE_CHANGED' });
  });
});
