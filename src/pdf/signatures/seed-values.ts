/** Seed values: what the author of a signature field demands of the signature (ISO 32000-2 §12.7.5.5, table 237). */
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import { decodeTextString } from '../syntax/text-string.ts';
import { dictionaryOf, integerOf, nameOf, type PdfDictionary } from '../syntax/values.ts';

/** What the signature that is to be made will have. */
export interface SignatureOffer {
  readonly reason?: string;
  readonly timestamped?: boolean;
  /** Certificates and revocation data will be added to the file. */
  readonly validationData?: boolean;
}

/** Bits of /Ff: a constraint whose bit is not set is a recommendation. */
const REQUIRED = Object.freeze({
  Filter: 1 << 0,
  SubFilter: 1 << 1,
  V: 1 << 2,
  Reasons: 1 << 3,
  LegalAttestation: 1 << 4,
  AddRevInfo: 1 << 5,
  DigestMethod: 1 << 6,
  LockDocument: 1 << 7,
  AppearanceFilter: 1 << 8,
});
type Constraint = keyof typeof REQUIRED;

/** Of the entries that a reader of ISO 32000-2 understands. */
const SEED_VERSION = 3;
/** A single reason of this kind means: no reason at all. */
const NO_REASON = '.';

const unmet = (key: string): OssError =>
  new OssError('OSS_PDF_FIELD_UNUSABLE', { reason: `its author demands a certain /${key}` });

/** @throws OSS_PDF_FIELD_UNUSABLE, which names the entry, where the field demands what is not offered. */
export async function checkSeedValues(
  document: PdfDocument,
  field: PdfDictionary,
  offer: SignatureOffer,
): Promise<void> {
  const seed = dictionaryOf(await document.lookup(field, 'SV'));
  if (!seed) return;
  const flags = integerOf(await document.lookup(seed, 'Ff')) ?? 0;
  const known = Object.values(REQUIRED).reduce((all, bit) => all | bit, 0);
  if ((flags & ~known) !== 0) throw unmet('Ff');
  for (const key of Object.keys(REQUIRED) as Constraint[]) {
    if ((flags & REQUIRED[key]) !== 0 && !(await isMet(document, seed, key, offer))) throw unmet(key);
  }
  await checkParts(document, seed, offer);
}

async function isMet(
  document: PdfDocument,
  seed: PdfDictionary,
  key: Constraint,
  offer: SignatureOffer,
): Promise<boolean> {
  const values = await stringsOf(document, seed, key);
  switch (key) {
    case 'Filter':
      return values.includes('Adobe.PPKLite');
    case 'SubFilter':
      return values.includes('ETSI.CAdES.detached');
    case 'V':
      return (integerOf(await document.lookup(seed, key)) ?? 0) <= SEED_VERSION;
    case 'Reasons':
      return isReasonMet(values, offer.reason);
    case 'AddRevInfo':
      return offer.validationData === true || !(await isTrue(document, seed, key));
    case 'DigestMethod':
      // Producers write `SHA256`, as the standard does, or `sha256`.
      return values.some((method) => method.toUpperCase() === 'SHA256');
    case 'LockDocument':
      return values.every((choice) => choice === 'false' || choice === 'auto');
    default: // an attestation and a named appearance are for the program of the author
      return false;
  }
}

/** Without a list, or with a period alone, the signature has no reason. */
function isReasonMet(accepted: readonly string[], reason = ''): boolean {
  const withoutReason = accepted.length === 0 || (accepted.length === 1 && accepted[0] === NO_REASON);
  return withoutReason ? reason === '' : accepted.includes(reason);
}

/** Parts with flags of their own: certificate (table 238), time stamp (table 240), kind of signature (table 239). */
async function checkParts(document: PdfDocument, seed: PdfDictionary, offer: SignatureOffer): Promise<void> {
  const required = async (key: string): Promise<number> => {
    const part = dictionaryOf(await document.lookup(seed, key));
    return part ? (integerOf(await document.lookup(part, 'Ff')) ?? 0) : 0;
  };
  // A single-use certificate does not exist yet, so nothing can be promised about it.
  if ((await required('Cert')) !== 0) throw unmet('Cert');
  if ((await required('TimeStamp')) !== 0 && !offer.timestamped) throw unmet('TimeStamp');
  const mdp = dictionaryOf(await document.lookup(seed, 'MDP'));
  const certification = mdp ? (integerOf(await document.lookup(mdp, 'P')) ?? 0) : 0;
  if (certification !== 0) throw unmet('MDP');
}

/** The reasons that the author of a field accepts; empty where any will do. */
export async function acceptedReasons(document: PdfDocument, field: PdfDictionary): Promise<string[]> {
  const seed = dictionaryOf(await document.lookup(field, 'SV'));
  if (!seed) return [];
  const flags = integerOf(await document.lookup(seed, 'Ff')) ?? 0;
  const reasons = (flags & REQUIRED.Reasons) === 0 ? [] : await stringsOf(document, seed, 'Reasons');
  return reasons.filter((reason) => reason !== NO_REASON);
}

async function isTrue(document: PdfDocument, dictionary: PdfDictionary, key: string): Promise<boolean> {
  const value = await document.lookup(dictionary, key);
  return value.kind === 'boolean' && value.value;
}

/** Names and strings of an entry, whether it is one or an array; nothing where it is missing. */
async function stringsOf(document: PdfDocument, dictionary: PdfDictionary, key: string): Promise<string[]> {
  const value = await document.lookup(dictionary, key);
  const items = value.kind === 'array' ? value.items.map((item) => item.value) : [value];
  const strings: string[] = [];
  for (const item of items) {
    const one = await document.resolve(item);
    if (one.kind === 'string') strings.push(decodeTextString(one.bytes));
    else if (one.kind === 'name') strings.push(nameOf(one) ?? '');
    else if (one.kind === 'boolean') strings.push(String(one.value));
  }
  return strings;
}
