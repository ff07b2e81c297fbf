import { type ComponentProps, lazy, Suspense } from 'react';
import { Icon } from '../ui/icon.tsx';
import styles from './document-view.module.css';

const Thumbnail = lazy(() => import('./thumbnail.tsx'));

/** The first page of a document in little; a plain sheet until the code that draws it is there. */
export function LazyThumbnail(props: ComponentProps<typeof Thumbnail>) {
  return (
    <span className={styles.thumbnailPlace}>
      <Suspense fallback={<Icon name="document" />}>
        <Thumbnail {...props} />
      </Suspense>
    </span>
  );
}
