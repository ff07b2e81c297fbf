import type { Vault } from '../vault/vault.ts';
import type { TransactionIndex } from './transaction-index.ts';

/** Removes what was interrupted before it began. @returns whether it did */
export async function removeIfUnbegun(
  { vault, index }: { readonly vault: Vault; readonly index: TransactionIndex },
  id: string,
): Promise<boolean> {
  if ((await index.hadEnded(id)) || !(await vault.removeIfUnbegun(id))) return false;
  await index.remove([id]);
  return true;
}
