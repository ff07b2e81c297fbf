import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signatureLevelSchema, USUAL_LEVEL } from '../../src/contract/model/signature-level.ts';
import type { SignatureLevel, SignatureOptions } from '../../src/contract/model/transaction.ts';
import type { Sandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';
import { isLongForm } from '../support/long-form.ts';
import { type CorpusFile, SIGNABLE } from './corpus.ts';
import type { JudgedFile } from './judges/judged-file.ts';

/** A file that we signed, and the file that it was before. */
export interface SignedFile extends JudgedFile {
  readonly variant: Variant;
  readonly corpus: CorpusFile;
  readonly before: JudgedFile;
}

/** One way to sign: a level, seen or not seen, once or over a file that was signed in the same way before. */
export interface Variant {
  readonly name: string;
  readonly level: SignatureLevel;
  readonly look: 'invisible' | 'visible';
  /** The variant whose files are signed again. */
  readonly over?: string;
}

export const variantsOf = (level: SignatureLevel): readonly Variant[] =>
  (['invisible', 'visible'] as const).flatMap((look) => {
    const name = `${level} ${look}`;
    return [
      { name, level, look },
      { name: `${name}, twice`, level, look, over: name },
    ];
  });

const signableIn = ({ look }: Pick<Variant, 'look'>): readonly CorpusFile[] =>
  look === 'visible' ? SIGNABLE.filter((file) => file.visibleRefusedWith === undefined) : SIGNABLE;

/** In the short form each way of signing gets one file of so many. */
const SHARE = 4;
/** The level at which documents are signed where nobody names one, signed whole in the short form too. */
const WHOLE = `${USUAL_LEVEL.withData} invisible`;

/**
 * Which files are signed in this way. In the long form all that can be; in the short form a share, another one for
 * each level and look, so that each file and each way has its turn.
 */
export function filesOf(variant: Variant): readonly CorpusFile[] {
  const files = signableIn(variant);
  if (isLongForm || variant.name === WHOLE) return files;
  const looks = signatureLevelSchema.options.flatMap((level) =>
    variantsOf(level).map(({ look }) => `${level} ${look}`),
  );
  const turn = [...new Set(looks)].indexOf(`${variant.level} ${variant.look}`);
  return files.filter((file) => (SIGNABLE.indexOf(file) + turn) % SHARE === 0);
}

/** Every file in every way, as arguments of a test. */
export const casesOf = (variants: readonly Variant[]) =>
  variants.flatMap((variant) => filesOf(variant).map((file) => [variant.name, file.name, file] as const));

/** The corpus, signed in every way; each way is one transaction with one code and one certificate. */
export class SignedCorpus {
  readonly #sandbox: Sandbox;
  readonly #directory: string;
  readonly anchorPath: string;
  readonly #files = new Map<string, SignedFile>();

  private constructor(sandbox: Sandbox, directory: string) {
    this.#sandbox = sandbox;
    this.#directory = directory;
    this.anchorPath = join(directory, 'anchor.pem');
  }

  static async sign(sandbox: Sandbox, variants: readonly Variant[]): Promise<SignedCorpus> {
    const corpus = new SignedCorpus(sandbox, await mkdtemp(join(tmpdir(), 'signed-corpus-')));
    await writeFile(corpus.anchorPath, sandbox.anchor);
    for (const variant of variants) await corpus.#signVariant(variant);
    return corpus;
  }

  file(variant: string, name: string): SignedFile {
    const file = this.#files.get(`${variant} ${name}`);
    if (!file) throw new Error(`${name} was not signed (${variant})`);
    return file;
  }

  all(): SignedFile[] {
    return [...this.#files.values()];
  }

  remove(): Promise<void> {
    return rm(this.#directory, { recursive: true });
  }

  async #signVariant(variant: Variant): Promise<void> {
    const { url, anchor } = this.#sandbox;
    const directory = join(this.#directory, variant.name);
    const station = await Station.open({ serviceUrl: url, anchor, directory });
    const files = filesOf(variant);
    // Beside the first one: DSS warns of what overlaps.
    const row = variant.over === undefined ? 0 : 1;
    const options = variant.look === 'visible' ? await appearance(row) : {};
    const sourceOf = (file: CorpusFile): JudgedFile =>
      variant.over === undefined ? file : this.file(variant.over, file.name);
    try {
      const reports = await station.signAll(
        files.map((file) => ({ ...document(file, sourceOf(file).path), options })),
        variant.level,
      );
      for (const [index, file] of files.entries()) {
        const path = reports[index]?.file;
        if (!path) throw new Error(`${file.name} was not delivered`);
        this.#files.set(`${variant.name} ${file.name}`, {
          ...document(file, path),
          variant,
          corpus: file,
          before: document(file, sourceOf(file).path),
        });
      }
    } finally {
      await station.close();
    }
  }
}

const document = ({ password }: CorpusFile, path: string): JudgedFile =>
  password === undefined ? { path } : { path, password };

/** Text in several scripts and directions, a picture and a QR code, on the first page; `row` counts from below. */
export async function appearance(row = 0): Promise<SignatureOptions> {
  const png = await readFile(join(import.meta.dirname, 'handwriting.png'), 'base64');
  return {
    visible: {
      page: 1,
      rectangle: { x1: 330, y1: 36 + 70 * row, x2: 530, y2: 96 + 70 * row },
      text: ['Signed by {name}', 'Łódź, Αθήνα, محمد, דוד', '{date}'],
      png,
      qrCode: 'https://example.com/{request}',
    },
  };
}
