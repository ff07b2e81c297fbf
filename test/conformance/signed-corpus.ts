import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignatureLevel, SignatureOptions } from '../../src/contract/model/transaction.ts';
import type { Sandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';
import { type CorpusFile, SIGNABLE } from './corpus.ts';
import type { JudgedFile } from './judges/judged-file.ts';

/** A file that we signed, and the file that it was before. */
export interface SignedFile extends JudgedFile {
  readonly variant: Variant;
  readonly level: SignatureLevel;
  readonly corpus: CorpusFile;
  readonly before: JudgedFile;
}

export const VARIANTS = ['invisible', 'visible', 'second signature', 'without time stamp'] as const;
/** Levels that last; twice: a file of level B-LTA is signed again at that level. */
export const LONG_TERM_VARIANTS = ['long term', 'archived', 'archived twice'] as const;
export type Variant = (typeof VARIANTS)[number] | (typeof LONG_TERM_VARIANTS)[number];

/** Which files are signed in which way; one goes without time stamp, to see that the levels are told apart. */
export function filesOf(variant: Variant): readonly CorpusFile[] {
  if (variant === 'without time stamp') return SIGNABLE.filter(({ name }) => name === 'libreoffice.pdf');
  if (variant === 'visible') return SIGNABLE.filter((file) => file.visibleRefusedWith === undefined);
  return SIGNABLE;
}

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

  static async #open(sandbox: Sandbox): Promise<SignedCorpus> {
    const corpus = new SignedCorpus(sandbox, await mkdtemp(join(tmpdir(), 'signed-corpus-')));
    await writeFile(corpus.anchorPath, sandbox.anchor);
    return corpus;
  }

  static async signForLongTerm(sandbox: Sandbox): Promise<SignedCorpus> {
    const corpus = await SignedCorpus.#open(sandbox);
    await corpus.#signVariant('long term', 'B-LT', originals);
    await corpus.#signVariant('archived', 'B-LTA', originals);
    await corpus.#signVariant('archived twice', 'B-LTA', ({ name }) => corpus.file('archived', name));
    return corpus;
  }

  static async sign(sandbox: Sandbox): Promise<SignedCorpus> {
    const corpus = await SignedCorpus.#open(sandbox);
    await corpus.#signVariant('invisible', 'B-T', originals);
    await corpus.#signVariant('visible', 'B-T', originals, await appearance());
    await corpus.#signVariant('second signature', 'B-T', ({ name }) => corpus.file('invisible', name));
    await corpus.#signVariant('without time stamp', 'B-B', originals);
    return corpus;
  }

  file(variant: Variant, name: string): SignedFile {
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

  async #signVariant(
    variant: Variant,
    level: SignatureLevel,
    sourceOf: (file: CorpusFile) => JudgedFile,
    options: SignatureOptions = {},
  ): Promise<void> {
    const { url, anchor } = this.#sandbox;
    const directory = join(this.#directory, variant);
    const station = await Station.open({ serviceUrl: url, anchor, directory });
    const files = filesOf(variant);
    try {
      const reports = await station.signAll(
        files.map((file) => ({ ...document(file, sourceOf(file).path), options })),
        level,
      );
      for (const [index, file] of files.entries()) {
        const path = reports[index]?.file;
        if (!path) throw new Error(`${file.name} was not delivered`);
        this.#files.set(`${variant} ${file.name}`, {
          ...document(file, path),
          variant,
          level,
          corpus: file,
          before: document(file, sourceOf(file).path),
        });
      }
    } finally {
      await station.close();
    }
  }
}

const originals = (file: CorpusFile): JudgedFile => file;

const document = ({ password }: CorpusFile, path: string): JudgedFile =>
  password === undefined ? { path } : { path, password };

/** Text in several scripts and a picture, on the first page. */
export async function appearance(): Promise<SignatureOptions> {
  const png = await readFile(join(import.meta.dirname, 'handwriting.png'), 'base64');
  return {
    visible: {
      page: 1,
      rectangle: { x1: 330, y1: 36, x2: 530, y2: 96 },
      text: ['Signed by Ada Lovelace Byron', 'Łódź, Αθήνα, Sant Cugat'],
      png,
    },
  };
}
