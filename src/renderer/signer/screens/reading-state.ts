import type { CeremonyDocument } from '../../../contract/ipc/ceremony.ts';

/** Some page that can be shown was not. */
export const hasMoreToShow = ({ pages, pagesShown, pagesIncomplete }: CeremonyDocument): boolean =>
  pagesShown.length + pagesIncomplete.length < pages;

/** Every page was shown. */
export const isShownWhole = ({ pages, pagesShown }: CeremonyDocument): boolean => pagesShown.length === pages;

/** As the signer counts: the contract has no number. */
export const documentNumber = (documents: readonly CeremonyDocument[], at: number): number =>
  documents.slice(0, at + 1).filter(({ kind }) => kind === 'document').length;
