import { nameOf, type PdfValue } from '../syntax/values.ts';
import type { Role } from './roles.ts';

/** Of an entry of /VRI (EN 319 142-1 §5.4.2.3). */
const RECORD_KEYS: ReadonlySet<string> = new Set(['Type', 'Cert', 'CRL', 'OCSP', 'TU', 'TS']);
/** Of the store itself (ISO 32000-2 table 261). */
const STORE_KEYS: ReadonlySet<string> = new Set(['Type', 'VRI', 'Certs', 'CRLs', 'OCSPs']);
const RECORD_NAME = /^[0-9A-Fa-f]{40}$/;

/**
 * Lists and records of a document security store that a later revision replaced by longer ones: nothing uses them any
 * more, and they hold nothing but references to validation data that the present store has, too.
 */
export function isFormerStore(value: PdfValue, roles: ReadonlyMap<number, readonly Role[]>): boolean {
  const isStored = (one: PdfValue): boolean =>
    one.kind === 'reference' && (roles.get(one.number) ?? []).some(({ kind }) => kind === 'validationData');
  const isList = (one: PdfValue): boolean =>
    one.kind === 'array' && one.items.length > 0 && one.items.every((item) => isStored(item.value));
  if (value.kind === 'array') return isList(value);
  if (value.kind !== 'dictionary' || value.entries.size === 0) return false;
  const entries = [...value.entries].map(([key, item]) => ({ key, value: item.value }));
  if (entries.every(({ key, value: one }) => RECORD_NAME.test(key) && isStored(one))) return true;
  if (
    entries.every(
      ({ key, value: one }) =>
        RECORD_KEYS.has(key) &&
        (one.kind === 'name' || one.kind === 'string' || isStored(one) || isList(one)),
    )
  )
    return true;
  return entries.every(({ key, value: one }) => STORE_KEYS.has(key) && isStorePart(key, one));

  /** A part that is an object of its own and that nothing uses any more is judged as that object. */
  function isStorePart(key: string, one: PdfValue): boolean {
    if (key === 'Type') return nameOf(one) === 'DSS';
    if (one.kind === 'reference') return isStored(one) || !roles.has(one.number);
    if (one.kind === 'array') return one.items.length === 0 || isList(one);
    return key === 'VRI' && (one.kind === 'null' || isRecords(one));
  }

  function isRecords(one: PdfValue): boolean {
    if (one.kind !== 'dictionary') return false;
    return [...one.entries].every(
      ([name, { value: record }]) => name === 'Type' || (RECORD_NAME.test(name) && isRecord(record)),
    );
  }

  function isRecord(record: PdfValue): boolean {
    if (record.kind === 'reference') return isStored(record) || !roles.has(record.number);
    return record.kind === 'dictionary' && isFormerStore(record, roles);
  }
}
