import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMAND, encodePdu, encodeSubmit, MAX_PDU_BYTES, PduFault, PduReader, readDeliver } from './pdu.ts';
import { receiptIn } from './receipt.ts';

const anyPdu = fc.record({
  command: fc.nat(0xffffffff),
  status: fc.nat(0xffffffff),
  sequence: fc.nat(0x7fffffff),
  body: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
});

/** The stream in pieces of any size. */
function* pieces(stream: Buffer, sizes: readonly number[]): Generator<Buffer> {
  let at = 0;
  for (let index = 0; at < stream.length; index++) {
    const size = sizes[index % sizes.length] ?? 1;
    yield stream.subarray(at, at + size);
    at += size;
  }
}

describe('a stream of PDUs', () => {
  it('reads the same however it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(anyPdu, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1 }),
        (pdus, sizes) => {
          const reader = new PduReader();
          const stream = Buffer.concat(pdus.map(encodePdu));
          const read = [...pieces(stream, sizes)].flatMap((piece) => reader.push(piece));
          expect(read).toEqual(pdus);
        },
      ),
    );
  });

  it('ends at a length that cannot be, before anything of that length is kept', () => {
    for (const length of [0, 15, MAX_PDU_BYTES + 1, 0xffffffff]) {
      const header = Buffer.alloc(16);
      header.writeUInt32BE(length);
      expect(() => new PduReader().push(header)).toThrow(PduFault);
    }
  });

  it('of any bytes is read, refused or waited for, nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        try {
          for (const { body } of new PduReader().push(Buffer.from(bytes)))
            receiptIn(readDeliver(body), 'same');
        } catch (error) {
          expect(error).toBeInstanceOf(PduFault);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('deliver_sm', () => {
  it('of any bytes is read or refused', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('same', 'hexInAnswer', 'decimalInAnswer'),
        (bytes, ids) => {
          try {
            receiptIn(readDeliver(Buffer.from(bytes)), ids as 'same');
          } catch (error) {
            expect(error).toBeInstanceOf(PduFault);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('submit_sm', () => {
  const message = {
    ...{ sourceTon: 5, sourceNpi: 0, source: 'Bank', destination: '34600111222', esmClass: 0, dataCoding: 0 },
    ...{ validityPeriod: '000000000500000R', wantsReceipt: true, message: Buffer.from('code') },
  };

  it('has the fields of SMPP 3.4 §4.4.1 in their order', () => {
    const fields = [
      '',
      '\x05',
      'Bank',
      '\x01\x0134600111222',
      '',
      '',
      '',
      '',
      '000000000500000R',
      '\x01',
      '',
      '',
      '\x04code',
    ];
    expect(encodeSubmit(message).toString('latin1')).toBe(fields.join('\0'));
  });

  it('takes no string that would end early, and no message that its length octet cannot hold', () => {
    expect(() => encodeSubmit({ ...message, source: 'a\0b' })).toThrow(RangeError);
    expect(() => encodeSubmit({ ...message, message: Buffer.alloc(255) })).toThrow(RangeError);
    expect(COMMAND.submitSm).toBe(4);
  });
});
