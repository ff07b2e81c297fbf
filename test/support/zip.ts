/** A ZIP as a test wants it: files as they are, and with what no honest program writes. */
import { crc32 } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the file itself says its name is; default: what the directory says. */
  readonly localName?: string;
  /** What both headers say its length is; default: the truth. */
  readonly saidBytes?: number;
  /** Of compression; default: stored. */
  readonly method?: number;
}

const header = (signature: number, fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer => {
  const parts = [[signature, 4] as const, ...fields].map(([value, bytes]) => {
    const part = Buffer.alloc(bytes);
    part.writeUIntLE(value, 0, bytes);
    return part;
  });
  return Buffer.concat(parts);
};

const UTF8_NAMES = 0x800;

/** APPNOTE 6.3.10: stored, not compressed. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, localName = name, saidBytes = bytes.length, method = 0 } of entries) {
    const common = (called: string) =>
      [
        ...[
          [20, 2],
          [UTF8_NAMES, 2],
          [method, 2],
          [0, 2],
          [33, 2],
          [crcOf(bytes), 4],
          [bytes.length, 4],
        ],
        ...[
          [saidBytes, 4],
          [Buffer.byteLength(called), 2],
          [0, 2],
        ],
      ] as [number, 2 | 4][];
    const local = Buffer.concat([header(0x04034b50, common(localName)), Buffer.from(localName), bytes]);
    const rest: [number, 2 | 4][] = [
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 4],
      [at, 4],
    ];
    directory.push(header(0x02014b50, [[20, 2], ...common(name), ...rest]), Buffer.from(name));
    locals.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const count = entries.length;
  const end = header(0x06054b50, [
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [central.length, 4],
    [at, 4],
    [0, 2],
  ]);
  return Buffer.concat([...locals, central, end]);
}

const crcOf = (bytes: Uint8Array): number => crc32(bytes);
