import { type ReactNode, useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/button.tsx';
import styles from './document-view.module.css';
import type { ViewerController } from './viewer-controller.ts';
import type { ViewerState } from './viewer-state.ts';

interface ToolbarProps {
  readonly state: ViewerState;
  readonly controller: ViewerController | undefined;
}

interface WholeToolbarProps extends ToolbarProps {
  readonly controls: 'all' | 'reader';
  readonly leading: ReactNode;
}

/** The thin bar over a document: page, zoom, search. */
export function Toolbar({ state, controller, controls, leading }: WholeToolbarProps) {
  const { t, i18n } = useTranslation('common');
  const [isSearching, setSearching] = useState(controls === 'all');
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(state.scale);
  return (
    <div
      className={`${styles.toolbar} ${controls === 'reader' ? styles.reading : ''}`}
      role="toolbar"
      aria-label={t('document.toolbar')}
    >
      {leading}
      <div className={styles.group}>
        <span className={styles.byPage}>
          <IconButton
            icon="up"
            label={t('document.previousPage')}
            isDisabled={state.page <= 1}
            onPress={() => controller?.goTo(state.page - 1)}
          />
        </span>
        <span className={styles.count} aria-live="polite">
          {state.pages > 0 && t('document.page', { page: state.page, pages: state.pages })}
        </span>
        <span className={styles.byPage}>
          <IconButton
            icon="down"
            label={t('document.nextPage')}
            isDisabled={state.page >= state.pages}
            onPress={() => controller?.goTo(state.page + 1)}
          />
        </span>
        <IconButton icon="end" label={t('document.toEnd')} onPress={() => controller?.goToEnd()} />
      </div>
      <div className={styles.group}>
        <IconButton icon="minus" label={t('document.zoomOut')} onPress={() => controller?.zoomBy(-1)} />
        <span className={styles.percent}>{percent}</span>
        <IconButton icon="plus" label={t('document.zoomIn')} onPress={() => controller?.zoomBy(1)} />
        <IconButton icon="width" label={t('document.fitWidth')} onPress={() => controller?.fitWidth()} />
        <IconButton
          icon="print"
          label={t('document.asPrinted')}
          isPressed={state.asPrinted}
          onPress={() => controller?.showAsPrinted(!state.asPrinted)}
        />
      </div>
      {controls === 'reader' && (
        <IconButton
          icon="search"
          label={t('document.search')}
          isPressed={isSearching}
          onPress={() => setSearching(!isSearching)}
        />
      )}
      {isSearching && <Search state={state} controller={controller} />}
      {state.asPrinted && <p className={styles.remark}>{t('document.showingPrint')}</p>}
      {state.isTooSmall && controls === 'reader' && (
        <p className={styles.remark} role="status">
          {t('document.tooSmall')}
        </p>
      )}
    </div>
  );
}

function Search({ state, controller }: ToolbarProps) {
  const { t } = useTranslation('common');
  const [query, setQuery] = useState('');
  const [searched, setSearched] = useState('');
  const search = (text: string) => {
    controller?.search(text, text === searched && text !== '' ? 'next' : 'first');
    setSearched(text);
  };
  return (
    <div className={styles.group}>
      <SearchField
        aria-label={t('document.search')}
        className={styles.search ?? ''}
        value={query}
        onChange={setQuery}
        onSubmit={search}
        onClear={() => search('')}
      >
        <Input placeholder={t('document.search')} className={styles.searchInput ?? ''} />
      </SearchField>
      <span className={styles.matches} aria-live="polite">
        {state.matches &&
          searched !== '' &&
          (state.matches.total === 0 ? t('document.noMatch') : t('document.matches', state.matches))}
      </span>
    </div>
  );
}
