import { useTranslation } from 'react-i18next';
import { onOtherPage, type ShownRectangle } from '../../../contract/model/page-geometry.ts';
import { type PageChoice, type Placed, pageNumberOf } from '../../../contract/model/placement.ts';
import { NumberField } from '../../ui/number-field.tsx';
import { Select } from '../../ui/select.tsx';
import { type BoxField, MILLIMETRE, withField } from './box-moves.ts';
import styles from './placement.module.css';
import { type SelectedPlacement, usePlacementStore } from './placement-store.ts';

const FIELDS: readonly BoxField[] = ['x', 'y', 'width', 'height'];
const FORMAT: Intl.NumberFormatOptions = Object.freeze({ maximumFractionDigits: 1 });

interface PlacementNumbersProps {
  readonly selection: SelectedPlacement;
  readonly placement: Placed;
}

/** Page and place in numbers: everything that the mouse can do, without it. */
export function PlacementNumbers({ selection, placement }: PlacementNumbersProps) {
  const { t } = useTranslation('clerk');
  const known = usePlacementStore((store) => store.pageSize);
  const { document, choose } = selection;
  const pages = document.pages ?? 1;
  const page = known ?? placement.pageSize;
  const box = onOtherPage(placement.rectangle, placement.pageSize, page);
  const place = (rectangle: ShownRectangle) => choose({ ...placement, rectangle, pageSize: page });
  const byNumber = typeof placement.page === 'number';
  return (
    <>
      <div className={styles.row}>
        <Select
          label={t('placement.page')}
          value={typeof placement.page === 'number' ? 'number' : placement.page}
          choices={[
            { value: 'first', label: t('placement.firstPage') },
            { value: 'last', label: t('placement.lastPage') },
            { value: 'number', label: t('placement.pageNumber') },
          ]}
          onChange={(chosen) => choose({ ...placement, page: pageFor(chosen, placement.page, pages) })}
        />
        {byNumber && (
          <NumberField
            label={t('placement.number')}
            value={pageNumberOf(placement.page, pages)}
            least={1}
            most={pages}
            onChange={(number) => choose({ ...placement, page: Math.round(number) })}
          />
        )}
      </div>
      <div className={styles.numbers}>
        {FIELDS.map((field) => (
          <NumberField
            key={field}
            label={`${t(`placement.${field}`)} (mm)`}
            value={Math.round((box[field] / MILLIMETRE) * 10) / 10}
            least={0}
            format={FORMAT}
            onChange={(millimetres) => place(withField(box, field, millimetres * MILLIMETRE, page))}
          />
        ))}
      </div>
    </>
  );
}

/** Counting goes on from the page that was chosen until now. */
function pageFor(chosen: 'first' | 'last' | 'number', now: PageChoice, pages: number): PageChoice {
  return chosen === 'number' ? pageNumberOf(now, pages) : chosen;
}
