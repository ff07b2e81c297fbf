import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrawnPage } from '../../../contract/ipc/verification.ts';
import type { DrawnDifferences } from '../../../contract/model/verification.ts';
import { Button } from '../../ui/button.tsx';
import { Progress } from '../../ui/progress.tsx';
import { type ComparedPage, useVerification } from './verification.ts';
import styles from './versions-view.module.css';

type Parts = DrawnDifferences['differing'][number]['parts'];

/** A page as it was signed beside the page as it is now; what differs is framed in both. */
export function VersionsView({ compared }: { readonly compared: ComparedPage }) {
  const { t } = useTranslation(['verify', 'common']);
  const result = useVerification((state) => state.result);
  const compare = useVerification((state) => state.compare);
  const endComparison = useVerification((state) => state.endComparison);
  const { field, page, drawn } = compared;
  const differences = result?.report.signatures.find((one) => one.field === field)?.drawn;
  const pages = differences?.pages ?? page;
  const parts = differences?.differing.find((one) => one.page === page)?.parts ?? [];
  return (
    <section className={styles.versions} aria-label={t('versions.title')}>
      <div className={styles.bar}>
        <Button isDisabled={page <= 1} onPress={() => void compare(field, page - 1)}>
          {t('versions.previous')}
        </Button>
        <p role="status">{t(parts.length > 0 ? 'versions.differs' : 'versions.same', { page, pages })}</p>
        <Button isDisabled={page >= pages} onPress={() => void compare(field, page + 1)}>
          {t('versions.next')}
        </Button>
        <Button onPress={endComparison}>{t('versions.close')}</Button>
      </div>
      <div className={styles.pages} aria-busy={!drawn}>
        {!drawn && <Progress label={t('common:document.opening')} />}
        {drawn && <Version title={t('versions.signed')} picture={drawn.signed} parts={parts} />}
        {drawn && <Version title={t('versions.now')} picture={drawn.now} parts={parts} />}
      </div>
    </section>
  );
}

/** `picture`: null where there is none. */
function Version({
  title,
  picture,
  parts,
}: {
  readonly title: string;
  readonly picture: DrawnPage | null;
  readonly parts: Parts;
}) {
  const { t } = useTranslation('verify');
  return (
    <figure className={styles.version}>
      <figcaption>{title}</figcaption>
      {picture === null && <p>{t('versions.cannot')}</p>}
      {picture && (
        <div className={styles.page}>
          <Picture picture={picture} label={title} />
          {parts.map(({ x, y, width, height }) => (
            <span
              key={`${x} ${y}`}
              className={styles.part}
              style={{
                left: `${x * 100}%`,
                top: `${y * 100}%`,
                width: `${width * 100}%`,
                height: `${height * 100}%`,
              }}
            />
          ))}
        </div>
      )}
    </figure>
  );
}

function Picture({ picture, label }: { readonly picture: DrawnPage; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, rgba } = picture;
  useEffect(() => {
    const bytes = Uint8ClampedArray.from(atob(rgba), (letter) => letter.charCodeAt(0));
    canvas.current?.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0);
  }, [width, height, rgba]);
  return <canvas ref={canvas} role="img" aria-label={label} width={width} height={height} />;
}
