/** What a certificate says of itself as a qualified one (EN 319 412-5 §4, EN 319 411-2 §5.3). */
import { readSequence } from '../der/reader.ts';
import { PkiError } from '../errors.ts';
import { OID } from '../oids.ts';
import type { Certificate } from './certificate.ts';

const STATEMENT = Object.freeze({
  compliance: '0.4.0.1862.1.1',
  device: '0.4.0.1862.1.4',
  types: '0.4.0.1862.1.6',
  legislation: '0.4.0.1862.1.7',
});
const TYPES: Readonly<Record<string, 'signature' | 'seal' | 'website'>> = {
  '0.4.0.1862.1.6.1': 'signature',
  '0.4.0.1862.1.6.2': 'seal',
  '0.4.0.1862.1.6.3': 'website',
};
/** Of TS 101 456, in use before the types: QCP public, and QCP public with a secure device. */
const FORMER_POLICIES = Object.freeze({ qualified: '0.4.0.1456.1.2', withDevice: '0.4.0.1456.1.1' });

export interface QcStatements {
  readonly isQualified: boolean;
  /** Its key is said to be in a qualified device. */
  readonly hasDevice: boolean;
  /** Empty where it does not say; then it is for signatures (EN 319 412-5 §4.2.3). */
  readonly types: readonly ('signature' | 'seal' | 'website')[];
  /** It is qualified by the law of other countries than those of the Union. */
  readonly isForeign: boolean;
}

/** What cannot be read says nothing. */
export function qcStatementsOf(certificate: Certificate): QcStatements {
  const said = readStatements(certificate);
  const policies = certificate.policies.map(({ policy }) => policy);
  const withDevice = policies.includes(FORMER_POLICIES.withDevice);
  return {
    isQualified: said.has(STATEMENT.compliance) || withDevice || policies.includes(FORMER_POLICIES.qualified),
    hasDevice: said.has(STATEMENT.device) || withDevice,
    types: typesIn(said.get(STATEMENT.types)),
    isForeign: said.has(STATEMENT.legislation),
  };
}

function readStatements({ fields }: Certificate): ReadonlyMap<string, Uint8Array | undefined> {
  const extension = fields.extensions.get(OID.qcStatements);
  if (!extension) return new Map();
  return orNothing(
    () =>
      new Map(
        readSequence(extension.value).map((reader) => {
          const statement = reader.sequence();
          const identifier = statement.oid();
          return [identifier, statement.atEnd ? undefined : statement.element().bytes] as const;
        }),
      ),
    new Map(),
  );
}

function typesIn(value: Uint8Array | undefined): QcStatements['types'] {
  if (!value) return [];
  const read = (): string[] => readSequence(value).map((reader) => reader.oid());
  return orNothing(read, []).flatMap((type) => TYPES[type] ?? []);
}

function orNothing<T>(read: () => T, nothing: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof PkiError) return nothing;
    throw error;
  }
}
