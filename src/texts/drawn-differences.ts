import type { TFunction } from 'i18next';
import type { DrawnDifferences } from '../contract/model/verification.ts';

/** What drawing the signed version beside the present one showed, a sentence for each kind of finding. */
export function drawnInWords(
  { pages, differing, notDrawn }: DrawnDifferences,
  t: TFunction<'report'>,
): string[] {
  if (notDrawn) return [t(`drawn.notDrawn.${notDrawn}`)];
  const numbersOf = (isExplained: boolean) =>
    differing.filter((one) => one.isExplained === isExplained).map(({ page }) => page);
  const [explained, unexplained] = [numbersOf(true), numbersOf(false)];
  if (differing.length === 0) return [t('drawn.same', { pages })];
  return [
    ...(unexplained.length > 0 ? [t('drawn.unexplained', { numbers: unexplained.join(', ') })] : []),
    ...(explained.length > 0 ? [t('drawn.explained', { numbers: explained.join(', ') })] : []),
  ];
}
