import type { Authorisation } from '../../contract/model/authorisation.ts';
import {
  type ClassicSignForm,
  classicSignFormSchema,
  type NewerSignForm,
  newerSignFormSchema,
  type PlacementForm,
  placementSchema,
} from '../../contract/optimizer-api/index.ts';
import type { DialectName, DocumentRecord } from '../store/records.ts';
import { parseForm } from './form-body.ts';
import type { Looks } from './placements.ts';
import { missingParameters, Refusal } from './refusal.ts';
import { signatureStyle } from './signature-style.ts';

type AuthorisationFields = Pick<ClassicSignForm, 'secret' | 'ext_unlock_type' | 'ext_unlock_value'>;
export type SignForm = ClassicSignForm | NewerSignForm;

/** @throws Refusal 400 */
export function parseSignForm(dialect: DialectName, body: unknown): SignForm {
  return dialect === 'classic'
    ? parseForm(classicSignFormSchema, body)
    : parseForm(newerSignFormSchema, body);
}

/**
 * The code, or the proof of an authentication elsewhere. In the latter case `secret` is agreed with the signer
 * and nothing that could be judged here.
 * @throws Refusal 400, 403
 */
export function authorisationOf(form: AuthorisationFields): Authorisation {
  const { secret, ext_unlock_type: method, ext_unlock_value: reference } = form;
  if (!secret) throw missingParameters('secret');
  if (!method && !reference) {
    const code = secret.trim();
    // Not a code at all: the same response as for a wrong one.
    if (!/^\d{4,10}$/.test(code)) throw new Refusal(403, 'Confirmation Code invalid');
    return { type: 'otp', code };
  }
  if (!method) throw missingParameters('ext_unlock_type');
  if (!reference) throw missingParameters('ext_unlock_value');
  if (method.length > 64)
    throw new Refusal(400, 'Invalid parameter: ext_unlock_type has at most 64 characters');
  if (reference.length < 8 || reference.length > 256) {
    throw new Refusal(400, 'Invalid parameter: ext_unlock_value has 8 to 256 characters');
  }
  return { type: 'external', method, reference };
}

/** @throws Refusal 400, 404 */
export function looksOf(
  form: SignForm,
  documents: readonly DocumentRecord[],
  language: string | undefined,
): Looks {
  const classic = classicSignFormSchema.safeParse(form);
  if ('signature' in form || !classic.success) return newerLooks(form as NewerSignForm, documents, language);
  const { options, use_signature_text: useText = true, signature_format: format } = classic.data;
  if (classic.data.metadata)
    throw new Refusal(400, 'Metadata in signatures is not offered by this Optimizer');
  return {
    placements: placementsOf(options, documents),
    style: useText ? signatureStyle(format, language) : {},
  };
}

function placementsOf(
  options: ClassicSignForm['options'],
  documents: readonly DocumentRecord[],
): ReadonlyMap<string, PlacementForm> {
  const entries = Object.entries(options ?? {}).filter(([, value]) => value !== undefined);
  const known = new Set(documents.map(({ uid }) => uid));
  const flat = flatPlacement(entries);
  if (flat) {
    const [only] = documents;
    if (!only || documents.length > 1) {
      throw new Refusal(400, 'Invalid parameter: options are keyed by the uid of each document');
    }
    return placementsFrom([[only.uid, flat]]);
  }
  const unknown = entries.map(([uid]) => uid).filter((uid) => !known.has(uid));
  if (unknown.length > 0) {
    const names = unknown.slice(0, 10).map((uid) => uid.slice(0, 64));
    throw new Refusal(404, `The following documents are not found in Request's folders: ${names.join(', ')}`);
  }
  const placements = placementsFrom(entries);
  for (const [uid, { usecountersignature, ...place }] of placements) {
    // An entry that only speaks of the countersignature asks for no visible signature.
    if (usecountersignature !== undefined && Object.values(place).every((value) => value === undefined))
      placements.delete(uid);
  }
  return placements;
}

/** @throws Refusal 400 with one sentence for each document whose entry is none */
function placementsFrom(entries: readonly (readonly [string, unknown])[]): Map<string, PlacementForm> {
  const placements = new Map<string, PlacementForm>();
  const complaints: Record<string, string> = {};
  for (const [uid, value] of entries) {
    const { data, error } = placementSchema.safeParse(value);
    if (data) placements.set(uid, data);
    else
      complaints[uid] =
        `Invalid parameter '${String(error.issues[0]?.path[0] ?? 'options')}' for file ${uid}`;
  }
  if (Object.keys(complaints).length > 0) throw new Refusal(400, complaints);
  return placements;
}

/** The schema of the documents draws a placement flat or below `document`, without any uid. */
function flatPlacement(entries: readonly [string, unknown][]): unknown {
  const [[name, value] = ['', undefined]] = entries;
  if (entries.length === 1 && name === 'document') return value;
  const isFlat = entries.length > 0 && entries.every(([, entry]) => typeof entry !== 'object');
  return isFlat ? Object.fromEntries(entries) : undefined;
}

/** One appearance for every document; its page is the first where none is named. */
function newerLooks(
  { signature }: NewerSignForm,
  documents: readonly DocumentRecord[],
  language: string | undefined,
): Looks {
  const appearance = signature?.appearance;
  if (appearance === undefined) return { placements: new Map(), style: {} };
  const { text, date, timezone, position, page = 0, image } = appearance;
  const placement: PlacementForm = {
    page,
    ...(position === undefined ? {} : { position }),
    ...(image === undefined ? {} : { image }),
  };
  const format = {
    ...(text === undefined ? {} : { text_format: text }),
    ...(date === undefined ? {} : { date_format: date }),
    ...(timezone === undefined ? {} : { timezone }),
  };
  return {
    placements: new Map(documents.map(({ uid }) => [uid, placement])),
    style: signatureStyle(format, language),
  };
}
