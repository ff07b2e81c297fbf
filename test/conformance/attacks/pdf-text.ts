/** PDF files written by hand, so that an attack can put any byte anywhere (ISO 32000-2 §7.5). */

/** Bodies by object number. */
export type Objects = Readonly<Record<number, string>>;

export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

export const stream = (data: string, entries = ''): string =>
  `<<${entries}/Length ${data.length}>>\nstream\n${data}\nendstream`;

/** A file of one revision with a classic table. */
export function writePdf(objects: Objects, trailer: string): Buffer {
  return appendRevision(latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'), objects, { trailer, first: true });
}

export interface RevisionOptions {
  /** Entries of the trailer but for /Size and /Prev. Default: those of the revision before. */
  readonly trailer?: string;
  readonly first?: boolean;
  readonly previous?: number;
  readonly size?: number;
  /** Entries of the table that lead elsewhere than to an object of this revision. */
  readonly offsets?: Readonly<Record<number, number>>;
  readonly freed?: readonly number[];
  /** Written into the revision, though its table does not name it. */
  readonly unlisted?: string;
}

/** An incremental update with a classic table; nothing before it is touched. */
export function appendRevision(file: Buffer, objects: Objects, options: RevisionOptions = {}): Buffer {
  let body = options.unlisted ?? '';
  const offsets = new Map<number, number>(
    Object.entries(options.offsets ?? {}).map(([number, offset]) => [Number(number), offset]),
  );
  for (const [number, text] of Object.entries(objects)) {
    offsets.set(Number(number), file.length + body.length);
    body += `${number} 0 obj\n${text}\nendobj\n`;
  }
  const startXref = file.length + body.length;
  const largest = Math.max(...offsets.keys(), ...(options.freed ?? []), lastSize(file) - 1);
  const trailer = [
    `/Size ${options.size ?? largest + 1}`,
    options.trailer ?? lastRoot(file),
    ...(options.first ? [] : [`/Prev ${options.previous ?? lastStartXref(file)}`]),
  ].join(' ');
  const table = `xref\n${options.first ? '0 1\n0000000000 65535 f \n' : ''}${entries(offsets, options.freed ?? [])}`;
  const end = `trailer\n<<${trailer}>>\nstartxref\n${startXref}\n%%EOF\n`;
  return Buffer.concat([file, latin1(body + table + end)]);
}

function entries(offsets: ReadonlyMap<number, number>, freed: readonly number[]): string {
  const used = [...offsets].map(
    ([number, offset]) => [number, `${String(offset).padStart(10, '0')} 00000 n`] as const,
  );
  const free = freed.map((number) => [number, '0000000000 00001 f'] as const);
  return [...used, ...free]
    .sort(([a], [b]) => a - b)
    .map(([number, entry]) => `${number} 1\n${entry} \n`)
    .join('');
}

export function lastStartXref(file: Buffer): number {
  return Number(/^\s*(\d+)/.exec(file.toString('latin1', file.lastIndexOf('startxref') + 9))?.[1]);
}

/** /Root, /Info and /ID of the newest trailer. */
function lastRoot(file: Buffer): string {
  const text = file.toString('latin1', file.lastIndexOf('trailer'));
  const parts = [/\/Root \d+ 0 R/, /\/Info \d+ 0 R/, /\/ID ?\[.*?\]/s].map(
    (part) => part.exec(text)?.[0] ?? '',
  );
  return parts.join(' ');
}

function lastSize(file: Buffer): number {
  const sizes = [...file.toString('latin1').matchAll(/\/Size (\d+)/g)].map(([, size]) => Number(size));
  return Math.max(1, ...sizes);
}

/** The newest text of an object. */
export function objectText(file: Buffer, number: number): string {
  const bodies = [
    ...file
      .toString('latin1')
      .matchAll(new RegExp(`(?:^|[\\r\\n])${number} 0 obj\\s*([\\s\\S]*?)\\s*endobj`, 'g')),
  ];
  const text = bodies.at(-1)?.[1];
  if (text === undefined) throw new Error(`there is no object ${number}`);
  return text;
}

/** Replaces a text by another one; both are as long, so that no offset moves. */
export function overwritten(file: Buffer, search: string, replacement: string, from = 0): Buffer {
  const at = file.indexOf(latin1(search), from);
  if (at < 0) throw new Error(`there is no ${search}`);
  if (replacement.length > search.length) throw new Error(`${replacement} does not fit`);
  const copy = Buffer.from(file);
  copy.write(replacement.padEnd(search.length), at, 'latin1');
  return copy;
}
