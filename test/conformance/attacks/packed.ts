/** The contract with its objects in an object stream, as most programs write them today (ISO 32000-2 §7.5.7, §7.5.8). */
import { CONTRACT_OBJECTS, CONTRACT_TRAILER } from './contract.ts';
import { latin1, type Objects, stream } from './pdf-text.ts';

export const CONTAINER = 64;
const TABLE = 65;
const isStream = (body: string): boolean => body.includes('endstream');

/** What stands in the stream, by number. */
export const PACKED: Objects = Object.fromEntries(
  Object.entries(CONTRACT_OBJECTS).filter(([, body]) => !isStream(body)),
);

/** The body of an object stream. */
export function objectStream(objects: Objects): string {
  let [head, data] = ['', ''];
  for (const [number, body] of Object.entries(objects)) {
    head += `${number} ${data.length} `;
    data += `${body}\n`;
  }
  return stream(head + data, `/Type /ObjStm /N ${Object.keys(objects).length} /First ${head.length} `);
}

export function packedContract(): Buffer {
  let text = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const rows = new Map<number, readonly [kind: number, where: number, index: number]>([[0, [0, 0, 255]]]);
  const place = (number: number, body: string): void => {
    rows.set(number, [1, text.length, 0]);
    text += `${number} 0 obj\n${body}\nendobj\n`;
  };
  for (const [number, body] of Object.entries(CONTRACT_OBJECTS)) {
    if (isStream(body)) place(Number(number), body);
  }
  place(CONTAINER, objectStream(PACKED));
  for (const [index, number] of Object.keys(PACKED).entries())
    rows.set(Number(number), [2, CONTAINER, index]);
  const at = text.length;
  rows.set(TABLE, [1, at, 0]);
  const sorted = [...rows].sort(([a], [b]) => a - b);
  const data = Buffer.concat(sorted.map(([, row]) => rowOf(row))).toString('latin1');
  const index = sorted.map(([number]) => `${number} 1`).join(' ');
  const entries = `/Type /XRef /W [1 4 2] /Index [${index}] /Size ${TABLE + 1} ${CONTRACT_TRAILER} `;
  return latin1(`${text}${TABLE} 0 obj\n${stream(data, entries)}\nendobj\nstartxref\n${at}\n%%EOF\n`);
}

function rowOf([kind, where, index]: readonly [number, number, number]): Buffer {
  const row = Buffer.alloc(7);
  row.writeUInt8(kind);
  row.writeUInt32BE(where, 1);
  row.writeUInt16BE(index, 5);
  return row;
}
