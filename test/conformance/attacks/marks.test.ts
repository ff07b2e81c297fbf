import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OssError } from '../../../src/contract/errors.ts';
import { verifyFile } from '../../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../../src/pki/index.ts';
import { type Sandbox, startSandbox } from '../../integration/sandbox.ts';
import { describeWithJudge } from '../judges/at-hand.ts';
import type { Bases } from './attack.ts';
import { makeBases } from './bases.ts';
import { MUTATIONS } from './mark-mutations.ts';
import {
  ACTIONS,
  anyVariant,
  PLAIN,
  PLAIN_VARIANTS,
  type Variant,
  withAction,
  withVariant,
} from './mark-variants.ts';
import { rendered } from './rendered.ts';

const MAKING = 120_000;
const SAMPLES = Number(process.env.MARK_SAMPLES ?? 150);

let directory: string;
let sandbox: Sandbox;
let bases: Bases;
let drawnBefore: Buffer;
let files = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'marks-'));
  sandbox = await startSandbox();
  bases = await makeBases(sandbox, directory);
}, MAKING);
afterAll(async () => {
  await sandbox?.close();
  await rm(directory, { recursive: true });
});

interface Seen {
  readonly verdict: string;
  readonly said: string;
  readonly path: string;
}

async function verified(file: Buffer): Promise<Seen> {
  files += 1;
  const path = join(directory, `variant-${files}.pdf`);
  await writeFile(path, file);
  try {
    const options = { anchors: certificatesFromPem(sandbox.anchor), at: new Date() };
    const { verdict, signatures, checks } = await verifyFile(path, options);
    const said = JSON.stringify({ changes: signatures.map(({ changes }) => changes), checks });
    return { verdict, said, path };
  } catch (error) {
    if (error instanceof OssError) return { verdict: 'refused', said: error.code, path };
    throw error;
  }
}

/** The one thing that must never be: it looks another way than it did when it was signed, and is called valid. */
async function expectHonest(file: Buffer): Promise<void> {
  const { verdict, said, path } = await verified(file);
  if (verdict !== 'valid') return;
  const isSame = (await rendered(path)).equals(drawnBefore);
  expect(isSame, `valid, and drawn in another way: ${said}`).toBe(true);
}

const isUnseen = ({ flags }: Variant): boolean => (flags & 2) !== 0 || (flags & (4 | 32 | 256)) === 32;

/** What provably draws nothing and does nothing. */
function isQuiet(variant: Variant): boolean {
  const { what, type, look, border, value, shape, isOpen } = variant;
  const isBare = look === 'none';
  const isEmpty = value === 'none' || value === 'null';
  if (what === 'signatureField') {
    if (shape === 'unlisted') return isUnseen(variant);
    return isEmpty && (isUnseen(variant) || (isBare && border === 'unsaid'));
  }
  if (['FileAttachment', 'Sound', 'Movie'].includes(type)) return false;
  if (isUnseen(variant)) return true;
  if (type === 'Link') return isBare && (border === 'none' || border === 'styleNone');
  return type === 'Popup' && isBare && !isOpen;
}

describeWithJudge('poppler', 'marks on a signed page, by what they draw', () => {
  beforeAll(async () => {
    const { path } = await verified(bases.signed);
    drawnBefore = await rendered(path);
  });

  it('the signed file is valid', async () => {
    expect((await verified(bases.signed)).verdict).toBe('valid');
  });

  it.each(PLAIN_VARIANTS.map((variant) => [variant.type, variant.look, variant] as const))(
    'a new %s (look: %s) is not valid where it shows',
    async (_, __, variant) => {
      const file = withVariant(bases.signed, variant);
      await expectHonest(file);
      const { verdict, said } = await verified(file);
      expect(verdict === 'valid', said).toBe(isQuiet(variant));
    },
  );

  it('of any type, look and place: nothing that shows is valid, and nothing quiet is suspected', async () => {
    await fc.assert(
      fc.asyncProperty(anyVariant, async (variant) => {
        const file = withVariant(bases.signed, variant);
        await expectHonest(file);
        const { verdict, said } = await verified(file);
        expect(verdict === 'valid', said).toBe(isQuiet(variant));
      }),
      { numRuns: SAMPLES },
    );
  }, 120_000);

  it.each(MUTATIONS.map(({ name, make }) => [name, make] as const))(
    'what was there changes (%s): not valid where it shows',
    async (_, make) => {
      const file = make(bases.signed);
      await expectHonest(file);
      expect((await verified(file)).verdict).not.toBe('valid');
    },
  );

  it.each(Object.keys(ACTIONS).flatMap((action) => [['link', action] as const, ['field', action] as const]))(
    'an invisible %s that does something (%s) is not valid',
    async (host, action) => {
      const { verdict, said } = await verified(withAction(bases.signed, host, action));
      expect(verdict, said).toBe('undecided');
      expect(said).toContain('"reason":"acts"');
    },
  );

  it.each([
    ['approved', (all: Bases) => all.signed],
    ['certified, annotations permitted', (all: Bases) => all.certified[3]],
  ] as const)('marks over the text are named as that (%s)', async (_, base) => {
    for (const type of ['Link', 'Highlight', 'FreeText', 'Stamp', 'Text']) {
      const { verdict, said } = await verified(withVariant(base(bases), { ...PLAIN, type }));
      expect(verdict).toBe('undecided');
      expect(said).toContain('coversSignedContent');
    }
  });
});
