import { type BytesRow, type ConductRow, STANDARDS } from './clauses.ts';
import type { Issued } from './collect.ts';
import { EXPLAINED } from './findings.ts';

const NAMES: Readonly<Record<string, string>> = {
  signer: 'signer',
  tsa: 'time-stamp unit',
  'ocsp-root,ocsp-issuing': 'responders',
};
const KINDS = { certificate: 'certificate', crl: 'lists', ocsp: 'responses', timestamp: 'tokens' } as const;

const aboutOf = ({ about: { kind, of } }: BytesRow): string =>
  kind === 'certificate' ? (NAMES[of.join()] ?? 'all certificates') : KINDS[kind];

/** What everything of that kind says, and whose says it where they differ. @throws where two of one kind differ */
function evidenceOf(row: BytesRow, issued: ReadonlyMap<string, readonly Issued[]>): string {
  const { about, evidence, clause } = row;
  const said = [...issued].map(([whose, things]) => {
    const words = new Set(
      things.filter(({ kind, of }) => kind === about.kind && about.of.includes(of)).map(evidence),
    );
    if (words.size !== 1) throw new Error(`${clause}, ${whose}: ${[...words].join(' / ') || 'nothing'}`);
    return { whose, words: [...words][0] as string };
  });
  const [first] = said;
  return said.every(({ words }) => words === first?.words)
    ? (first?.words ?? '')
    : said.map(({ whose, words }) => `${whose}: ${words}`).join('; ');
}

const lineOf = (row: BytesRow | ConductRow, issued: ReadonlyMap<string, readonly Issued[]>): string => {
  const [about, shown] =
    'conduct' in row ? ['service', row.conduct] : [aboutOf(row), evidenceOf(row, issued)];
  return `| ${row.clause} | ${row.says} | ${about} | ${shown} | \`${row.test}\` |`;
};

/** Markdown of all standards, and of what pkilint says. @param issued by whose it is */
export function conformanceTables(issued: ReadonlyMap<string, readonly Issued[]>): string {
  const standards = STANDARDS.map(({ name, rows }) =>
    [
      `## ${name}`,
      '',
      '| clause | what it asks | of | our bytes | test |',
      '| --- | --- | --- | --- | --- |',
      ...rows.map((row) => lineOf(row, issued)),
    ].join('\n'),
  );
  const findings = [
    '## What pkilint says',
    '',
    '| finding | of | why it stands |',
    '| --- | --- | --- |',
    ...EXPLAINED.map(({ code, of, reason }) => `| \`${code}\` | ${of} | ${reason} |`),
  ].join('\n');
  return [...standards, findings].join('\n\n');
}
