/** Text cut where its script changes (Unicode UAX #24 §5), before it is shaped: a shaper knows one script at a time. */
import { charactersOf } from './characters.ts';
import { scriptsOf } from './scripts.ts';

/** ISO 15924: what has no script of its own and stands beside nothing that has one. */
const COMMON = 'Zyyy';

interface Place {
  readonly character: string;
  /** Undecided while empty. */
  scripts: readonly string[];
}

/**
 * The script of each character with its marks, as ISO 15924 says it. Spaces, digits, punctuation and marks take
 * the script of what stands before them, at the beginning of what follows; a closing bracket that of its opening
 * one (§5.2), so that both come from one typeface.
 */
export function scriptsOfCharacters(text: string): { readonly character: string; readonly script: string }[] {
  const places = charactersOf(text).map(
    (character): Place => ({ character, scripts: ownScripts(character) }),
  );
  let run: Place[] = [];
  let common: readonly string[] = [];
  const open: { readonly closing: string; readonly place: Place }[] = [];
  const settle = (): void => {
    for (const place of run) place.scripts = common;
    run = [];
  };
  for (const place of places) {
    const opening = closedBy(place.character, open);
    // The opening bracket may stand in a run that is still growing: both are settled by what it settles on.
    const scripts = opening && opening.scripts.length > 0 ? opening.scripts : place.scripts;
    const shared =
      common.length === 0 || scripts.length === 0 ? [...common, ...scripts] : both(common, scripts);
    if (shared.length === 0 && scripts.length > 0 && common.length > 0) {
      settle();
      common = scripts;
    } else {
      common = shared;
    }
    place.scripts = common;
    run.push(place);
    const closing = BRACKETS.get(place.character);
    if (closing !== undefined && open.length < MAX_OPEN) open.push({ closing, place });
  }
  settle();
  return places.map(({ character, scripts }) => ({ character, script: scripts[0] ?? COMMON }));
}

/** Of the letter; marks that are used in several scripts have none where the letter has one. */
function ownScripts(character: string): readonly string[] {
  for (const codePoint of character) {
    const scripts = scriptsOf(codePoint);
    if (scripts.length > 0) return scripts;
  }
  return [];
}

const both = (some: readonly string[], others: readonly string[]): readonly string[] =>
  some.filter((script) => others.includes(script));

/** Takes the opening bracket that this character closes off the stack, and those inside that nothing closed. */
function closedBy(
  character: string,
  open: { readonly closing: string; readonly place: Place }[],
): Place | undefined {
  for (let index = open.length - 1; index >= 0; index -= 1) {
    const { closing, place } = open[index] ?? {};
    if (closing !== character) continue;
    open.length = index;
    return place;
  }
  return undefined;
}

/** As deep as the bidirectional algorithm looks (UAX #9 BD16). */
const MAX_OPEN = 63;

/** Bidi_Paired_Bracket and the quotation marks that stand in pairs. */
const BRACKETS: ReadonlyMap<string, string> = new Map(
  [
    '()',
    '[]',
    '{}',
    '<>',
    '«»',
    '‹›',
    '“”',
    '‘’',
    '„“',
    '「」',
    '『』',
    '【】',
    '〈〉',
    '《》',
    '（）',
    '［］',
  ].map((pair) => [pair[0] ?? '', pair[1] ?? '']),
);
