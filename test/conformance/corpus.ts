import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '../../src/contract/errors.ts';

const FOLDER = join(import.meta.dirname, '..', 'corpus');

/** What happens to a file of the corpus: it is signed (perhaps with its password), or refused with a code. */
interface Expectation {
  readonly password?: string;
  readonly refusedWith?: ErrorCode;
  /** The code with which a visible signature is refused, where an invisible one is not. */
  readonly visibleRefusedWith?: ErrorCode;
  /** Its cross-reference is damaged: before it is signed, a new one is appended. */
  readonly repaired?: boolean;
  /**
   * Why pyHanko is not asked about a further signature in this file: it rejects every one, anyone who adds it.
   */
  readonly withoutPyHanko?: string;
}

const EXPECTATIONS: Readonly<Record<string, Expectation>> = {
  'chromium.pdf': {},
  'enc-aes256-userpw.pdf': { password: 'user' },
  'enc-aes256.pdf': {},
  'enc-rc4-128.pdf': {},
  'g-rot90.pdf': {},
  'g-userunit.pdf': {},
  'libreoffice-pdfa2b.pdf': {},
  'libreoffice.pdf': {},
  'pdfbox-sigfield.pdf': {},
  'pdftex.pdf': {},
  'q-linearized.pdf': {},
  'q-objstm.pdf': {},
  'reportlab-form.pdf': {},
  'reportlab.pdf': {},
  'signed-fieldmdp.pdf': { withoutPyHanko: 'it takes a new field for a change of the locked ones' },
  'signed-mdp1.pdf': { refusedWith: 'OSS_PDF_CERTIFIED_NO_CHANGES' },
  'signed-mdp2.pdf': { visibleRefusedWith: 'OSS_PDF_CERTIFIED_INVISIBLE_ONLY' },
  'signed-once.pdf': {},
  'x-badxref.pdf': { repaired: true },
  'x-headjunk.pdf': { refusedWith: 'OSS_PDF_HEADER_JUNK' },
  'x-hybrid.pdf': {},
  'x-incr3.pdf': {},
  'x-notpdf.pdf': { refusedWith: 'OSS_PDF_NOT_A_PDF' },
  'x-prevloop.pdf': { refusedWith: 'OSS_PDF_LIMIT' },
  'x-trunc.pdf': { refusedWith: 'OSS_PDF_TRUNCATED' },
  'x-zero.pdf': { refusedWith: 'OSS_PDF_EMPTY' },
};

export interface CorpusFile extends Expectation {
  readonly name: string;
  readonly path: string;
}

/** Every file of the corpus; a file without an expectation is an error, so that none is forgotten. */
export const CORPUS: readonly CorpusFile[] = readdirSync(FOLDER)
  .sort()
  .map((name) => {
    const expectation = EXPECTATIONS[name];
    if (!expectation) throw new Error(`test/corpus/${name} has no expectation in corpus.ts`);
    return { name, path: join(FOLDER, name), ...expectation };
  });

export const SIGNABLE = CORPUS.filter((file) => file.refusedWith === undefined);
export const REFUSED = CORPUS.filter((file) => file.refusedWith !== undefined);
