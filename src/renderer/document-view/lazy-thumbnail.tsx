import { Suspense } from 'react';
import { Icon } from '../ui/icon.tsx';
import { later } from '../ui/later.tsx';
import styles from './document-view.module.css';
import type { ThumbnailProps } from './thumbnail.tsx';

const Thumbnail = later(() => import('./thumbnail.tsx')).component((module) => module.Thumbnail);

/** The first page of a document in little; a plain sheet until the code that draws it is there. */
export function LazyThumbnail(props: ThumbnailProps) {
  return (
    <span className={styles.thumbnailPlace}>
      <Suspense fallback={<Icon name="document" />}>
        <Thumbnail {...props} />
      </Suspense>
    </span>
  );
}
