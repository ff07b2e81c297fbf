/** Collects changes: what belongs to one thing in the eyes of a person is one change, with all its objects. */
import type { Change } from '../../contract/model/verification.ts';
import { changeInWords, changesTexts } from '../../texts/changes.ts';

export type FoundChange = Pick<Change, 'kind' | 'outcome'> & {
  readonly [K in 'page' | 'field' | 'detail' | 'reason']?: Change[K] | undefined;
};

export class ChangeList {
  readonly #found = new Map<string, { readonly change: FoundChange; readonly objects: Set<number> }>();

  /** `object`: the number of the object that was changed, where it is one. */
  add(change: FoundChange, object?: number): void {
    const { kind, outcome, page, field, detail, reason } = change;
    const key = JSON.stringify([kind, outcome, page, field, detail, reason]);
    const known = this.#found.get(key) ?? { change, objects: new Set<number>() };
    if (object !== undefined) known.objects.add(object);
    this.#found.set(key, known);
  }

  /** The gravest first, otherwise in the order in which they were found. */
  all(): Change[] {
    const changes = [...this.#found.values()].map(({ change, objects }) => finished(change, objects));
    return changes.sort((a, b) => GRAVITY[b.outcome] - GRAVITY[a.outcome]);
  }
}

const GRAVITY = { allowed: 0, suspicious: 1, forbidden: 2 } as const;

function finished({ kind, outcome, page, field, detail, reason }: FoundChange, objects: Set<number>): Change {
  const change = {
    kind,
    outcome,
    ...(page === undefined ? {} : { page }),
    ...(field === undefined ? {} : { field }),
    ...(detail === undefined ? {} : { detail }),
    ...(reason === undefined ? {} : { reason }),
  };
  return {
    ...change,
    objects: [...objects].sort((a, b) => a - b),
    sentence: changeInWords(change, changesTexts.en),
  };
}
