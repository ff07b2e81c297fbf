import { dirname, resolve } from 'node:path';
import { OssError } from '../../contract/errors.ts';
import { type CaseFileSigner, caseFileSchema, certificationOf } from '../../contract/model/case-file.ts';
import type { NewCase, NewCaseSigner } from '../../optimizer/index.ts';
import { readGivenJson } from '../given-file.ts';

type ReadCase = Omit<NewCase, 'profile' | 'registrationAuthority' | 'signers'> &
  Partial<Pick<NewCase, 'profile' | 'registrationAuthority'>> & {
    /** @param sealSigner asks the service about a seal @throws OssError OSS_SEAL_NOT_OFFERED */
    signers(sealSigner: (id?: string) => Promise<NewCaseSigner>): Promise<NewCaseSigner[]>;
  };

/**
 * A case as a person wrote it down. Paths are taken from where the file lies.
 * @throws OssError OSS_FILE_NOT_FOUND, OSS_REQUEST_INVALID naming the fields that are wrong
 */
export async function readCaseFile(path: string): Promise<ReadCase> {
  const parsed = caseFileSchema.safeParse(await readGivenJson(path));
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new OssError('OSS_REQUEST_INVALID', { reason: fields.join('; '), fields });
  }
  const { documents, signers, certification, order, profile, registrationAuthority, level, organisation } =
    parsed.data;
  const readSigners = signers.map((signer) => readSigner(signer, documents));
  return {
    documents: documents.map((name) => ({ path: resolve(dirname(path), name) })),
    signers: (sealSigner) =>
      Promise.all(
        readSigners.map(async ({ who, places }) => ({
          ...('identity' in who ? who : await sealSigner(who.seal === true ? undefined : who.seal)),
          ...places,
        })),
      ),
    ...(order === undefined ? {} : { order }),
    ...(profile === undefined ? {} : { profile }),
    ...(registrationAuthority === undefined ? {} : { registrationAuthority }),
    ...(level === undefined ? {} : { level }),
    ...(organisation === undefined ? {} : { organisation }),
    ...(certification === undefined ? {} : { certification: certificationOf(certification) }),
  };
}

/** @throws OssError OSS_REQUEST_INVALID for a document that the case does not have */
function readSigner({ identity, seal, profile, documents }: CaseFileSigner, names: readonly string[]) {
  const places =
    documents === undefined
      ? {}
      : {
          documents: documents.map(({ name, ...options }) => {
            const document = names.indexOf(name);
            if (document < 0)
              throw new OssError('OSS_REQUEST_INVALID', { reason: `signers: no document ${name}` });
            return { document, options };
          }),
        };
  if (identity === undefined) return { who: { seal }, places };
  return { who: { identity, ...(profile === undefined ? {} : { profile }) }, places };
}
