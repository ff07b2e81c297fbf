import { type Command, Option } from 'commander';
import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import {
  ID_DOCUMENT_TYPES,
  type Identity,
  type IdentityInput,
  identitySchema,
} from '../../contract/model/identity.ts';
import { LANGUAGES, languageOf } from '../../contract/model/languages.ts';
import { issueInWords } from '../../texts/field-refusals.ts';
import { readGivenJson } from '../given-file.ts';
import { collect } from './trust-options.ts';

export interface IdentityOptions {
  identity?: string[];
  givenName?: string;
  surname?: string;
  surname2?: string;
  idType?: string;
  idCountry?: string;
  idNumber?: string;
  email?: string;
  phone?: string;
  language?: string;
}

/** The signer, by flags or as a JSON file. */
export function addIdentityOptions(command: Command): Command {
  return command
    .option(
      '--identity <file>',
      'the signer as JSON: givenName, surname1, surname2, idDocument, email, mobilePhone, language; may be repeated for several signers',
      collect,
    )
    .option('--given-name <name>', 'given name of the signer; one name is enough')
    .option('--surname <name>', 'surname of the signer')
    .option('--surname2 <name>', 'second surname, where there is one')
    .addOption(new Option('--id-type <type>', 'type of the id document').choices(ID_DOCUMENT_TYPES))
    .option('--id-country <country>', 'country of the id document, two letters')
    .option('--id-number <number>', 'number of the id document')
    .option('--email <address>', 'e-mail address of the signer')
    .option('--phone <number>', 'mobile phone with international prefix, e.g. +34600111222')
    .addOption(new Option('--language <language>', 'language of the signer').choices(LANGUAGES));
}

/**
 * One or several: files in their order. The flags complete a single one.
 * @throws OssError OSS_REQUEST_INVALID naming every field that is missing or wrong, OSS_FILE_NOT_FOUND
 */
export async function readIdentities(options: IdentityOptions): Promise<Identity[]> {
  const { identity: files = [] } = options;
  const flags = fromFlags(options);
  if (files.length > 1 && Object.keys(flags).length > 0)
    throw new OssError('OSS_REQUEST_INVALID', { reason: 'several signers are given by --identity alone' });
  if (files.length === 0) return [identityFrom({}, flags, options)];
  const identities: Identity[] = [];
  for (const file of files) identities.push(identityFrom(await readIdentityFile(file), flags, options));
  return identities;
}

function identityFrom(
  fromFile: Record<string, unknown>,
  flags: Record<string, unknown>,
  options: IdentityOptions,
): Identity {
  const result = identitySchema.safeParse({ ...fromFile, ...flags });
  if (result.success) return result.data;
  const fields = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'identity'}: ${issueInWords(issue, languageOf(options.language))}`,
  );
  throw new OssError('OSS_REQUEST_INVALID', { reason: fields.join('; '), fields }, { cause: result.error });
}

async function readIdentityFile(path: string): Promise<Record<string, unknown>> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(await readGivenJson(path));
  if (parsed.success) return parsed.data;
  throw new OssError('OSS_REQUEST_INVALID', { reason: `${path} is not a JSON object` });
}

function fromFlags(options: IdentityOptions): Record<string, unknown> {
  const { idType, idCountry, idNumber } = options;
  const given: Record<keyof IdentityInput, unknown> = {
    givenName: options.givenName,
    surname1: options.surname,
    surname2: options.surname2,
    email: options.email,
    mobilePhone: options.phone,
    language: options.language,
    idDocument:
      (idType ?? idCountry ?? idNumber) ? { type: idType, country: idCountry, number: idNumber } : undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
