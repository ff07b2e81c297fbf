/** Comparison of names as people mean them: systems decompose letters (NFD), and some do not tell cases apart. */
const composed = (name: string): string => name.normalize('NFC');
const folded = (name: string): string => composed(name).toLowerCase();

/**
 * The file that a name means among those in a folder: the one of exactly that name, else the only one that differs in
 * normalisation, else the only one that differs in case.
 * @returns undefined where there is none, or several
 */
export function namedFile(files: readonly string[], name: string): string | undefined {
  if (files.includes(name)) return name;
  for (const alike of [composed, folded]) {
    const found = files.filter((file) => alike(file) === alike(name));
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}
