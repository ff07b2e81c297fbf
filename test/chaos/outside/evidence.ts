import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Outcomes of the records of each transaction, as the files of the chain tell them. */
export function readEvidence(data: string, faults: string[]): ReadonlyMap<string, readonly string[]> {
  const folder = join(data, 'evidence');
  const outcomes = new Map<string, string[]>();
  if (!existsSync(folder)) return outcomes;
  const names = readdirSync(folder)
    .filter((name) => /^\d{10}\.json$/.test(name))
    .sort();
  let before = '0'.repeat(64);
  for (const [index, name] of names.entries()) {
    const { record, hash } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    if (record.sequence !== index + 1) faults.push(`evidence: ${name} is not record ${index + 1}`);
    if (record.previousHash !== before) faults.push(`evidence: record ${record.sequence} does not follow`);
    if (createHash('sha256').update(sorted(record)).digest('hex') !== hash) {
      faults.push(`evidence: record ${record.sequence} was changed`);
    }
    before = hash;
    const { kind, transaction, outcome } = record.content;
    if (kind === 'transaction') outcomes.set(transaction, [...(outcomes.get(transaction) ?? []), outcome]);
  }
  const head = join(folder, 'head.json');
  if (names.length > 0 && JSON.parse(readFileSync(head, 'utf8')).hash !== before) {
    faults.push('evidence: head.json does not name the last record');
  }
  return outcomes;
}

/** JSON with the names in order (RFC 8785 §3.2.3). */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, item]) => `${JSON.stringify(name)}:${sorted(item)}`);
  return `{${members.join(',')}}`;
}
