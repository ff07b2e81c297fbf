import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { onOtherPage, type ShownRectangle, type ShownSize } from '../../../contract/model/page-geometry.ts';
import { type Placement, pageNumberOf } from '../../../contract/model/placement.ts';
import { LazyDocumentView } from '../../document-view/lazy-document-view.tsx';
import type { PageFrame } from '../../document-view/viewer-state.ts';
import styles from './placement.module.css';
import { PlacementBox } from './placement-box.tsx';
import { type SelectedPlacement, usePlacementStore, useSelectedPlacement } from './placement-store.ts';
import { SignaturePreview } from './signature-preview.tsx';

/** Centre zone while the signature is placed: the page, and the signature on it as it will be. */
export function PlacementView() {
  const selection = useSelectedPlacement();
  if (!selection) return null;
  return <PlacementOn key={selection.document.id} selection={selection} />;
}

function PlacementOn({ selection }: { readonly selection: SelectedPlacement }) {
  const { document, placement } = selection;
  const page = pageOf(placement, selection);
  const request = useMemo(() => (page === undefined ? undefined : { page, whole: true }), [page]);
  const overlay =
    page === undefined
      ? undefined
      : { page, draw: (frame: PageFrame) => <OnPage frame={frame} selection={selection} /> };
  return (
    <LazyDocumentView
      id={document.id}
      name={document.name}
      bytes={document.bytes}
      hasStrip
      request={request}
      overlay={overlay}
    />
  );
}

function pageOf(placement: Placement, { document }: SelectedPlacement): number | undefined {
  if (placement.kind === 'invisible') return undefined;
  if (placement.kind === 'placed') return pageNumberOf(placement.page, document.pages ?? 1);
  return document.fields.find(({ name }) => name === placement.name)?.page;
}

interface OnPageProps {
  readonly frame: PageFrame;
  readonly selection: SelectedPlacement;
}

function OnPage({ frame, selection }: OnPageProps) {
  const { t } = useTranslation('clerk');
  const { document, placement, choose } = selection;
  const setPageSize = usePlacementStore((store) => store.setPageSize);
  const { size } = frame;
  useEffect(() => setPageSize(size), [setPageSize, size]);
  const scale = frame.width / size.width;
  const preview = <SignaturePreview document={document} placement={placement} scale={scale} />;
  if (placement.kind === 'field') {
    const field = document.fields.find(({ name }) => name === placement.name);
    if (!field) return null;
    return (
      <section
        className={styles.field}
        style={onScreen(field.rectangle, scale)}
        aria-label={t('placement.fieldBox', { name: field.name })}
      >
        {preview}
      </section>
    );
  }
  if (placement.kind !== 'placed') return null;
  const place = (rectangle: ShownRectangle) => choose({ ...placement, rectangle, pageSize: size });
  return (
    <PlacementBox
      box={onOtherPage(placement.rectangle, placement.pageSize, size)}
      page={size}
      scale={scale}
      onChange={place}
    >
      {preview}
    </PlacementBox>
  );
}

/** Points on the page as pixels of the window. */
const onScreen = ({ x, y, width, height }: ShownRectangle & ShownSize, scale: number) => ({
  left: x * scale,
  top: y * scale,
  width: width * scale,
  height: height * scale,
});
