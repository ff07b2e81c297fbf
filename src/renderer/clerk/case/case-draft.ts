import { create } from 'zustand';
import type { PickedDocument } from '../../../contract/ipc/documents.ts';
import { commonNameOf, type Identity } from '../../../contract/model/identity.ts';
import type { Placement } from '../../../contract/model/placement.ts';
import { USUAL_PLACE } from '../../../contract/model/proposed-placement.ts';

/** A signer whose data and places are entered, while the next one's are. */
export interface DraftSigner {
  readonly identity: Identity;
  readonly documents: readonly { readonly id: string; readonly placement: Placement }[];
}

interface CaseDraft {
  /** The draft that it belongs to: another one begins with nobody. */
  readonly draft: string;
  readonly signers: readonly DraftSigner[];
  readonly anyOrder: boolean;
  /** Documents that the signer who is entered now does not sign. */
  readonly left: readonly string[];
  /** Signs after everybody. */
  readonly seal: string | undefined;
  setSeal(draft: string, seal: string | undefined): void;
  add(draft: string, signer: DraftSigner): void;
  remove(index: number): void;
  setAnyOrder(anyOrder: boolean): void;
  setSigns(draft: string, document: string, signs: boolean): void;
}

const NOBODY = { signers: [], anyOrder: false, left: [], seal: undefined };

export const useCaseDraft = create<CaseDraft>()((set) => ({
  draft: '',
  ...NOBODY,
  add: (draft, signer) =>
    set((now) => ({
      ...(now.draft === draft ? {} : NOBODY),
      draft,
      signers: [...(now.draft === draft ? now.signers : []), signer],
      left: [],
    })),
  remove: (index) => set(({ signers }) => ({ signers: signers.filter((_, at) => at !== index) })),
  setAnyOrder: (anyOrder) => set({ anyOrder }),
  setSeal: (draft, seal) => set((now) => ({ ...(now.draft === draft ? {} : NOBODY), draft, seal })),
  setSigns: (draft, document, signs) =>
    set((now) => {
      const left = now.draft === draft ? now.left : [];
      const others = left.filter((one) => one !== document);
      const rest = now.draft === draft ? {} : NOBODY;
      return { ...rest, draft, left: signs ? others : [...others, document] };
    }),
}));

export const nameOf = ({ identity }: DraftSigner): string => commonNameOf(identity);

/** Between the boxes of two signers, in points. */
const GAP = 8;

/** A place for the next signer that does not cover the one before: above it, or below where there is no room. */
export function placeBeside(placement: Placement, { fields }: PickedDocument): Placement {
  if (placement.kind === 'invisible') return placement;
  if (placement.kind === 'field') {
    const next = fields[fields.findIndex(({ name }) => name === placement.name) + 1];
    return next ? { kind: 'field', name: next.name } : USUAL_PLACE;
  }
  const { rectangle, pageSize } = placement;
  const above = rectangle.y - rectangle.height - GAP;
  const below = Math.min(rectangle.y + rectangle.height + GAP, pageSize.height - rectangle.height);
  return { ...placement, rectangle: { ...rectangle, y: above >= 0 ? above : below } };
}
