import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Progress } from '../../ui/progress.tsx';

const PlacementView = lazy(async () => ({
  default: (await import('./placement-view.tsx')).PlacementView,
}));

/** Comes with the viewer, which is most of the code of the window. */
export function LazyPlacementView() {
  const { t } = useTranslation('common');
  return (
    <Suspense fallback={<Progress label={t('document.opening')} />}>
      <PlacementView />
    </Suspense>
  );
}
