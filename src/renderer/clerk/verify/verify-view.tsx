import { DropZone, type FileDropItem, Text } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { LazyDocumentView } from '../../document-view/lazy-document-view.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from '../documents/documents.module.css';
import { ContainerView } from './container-view.tsx';
import { useVerification } from './verification.ts';
import { VersionsView } from './versions-view.tsx';

/** Files that no viewer can show: the panel says what is wrong with them. */
const UNSHOWABLE: readonly string[] = [
  'OSS_FILE_NOT_FOUND',
  'OSS_PDF_NOT_A_PDF',
  'OSS_PDF_EMPTY',
  'OSS_PDF_PASSWORD_NEEDED',
];

/** Centre zone: a place to drop a file, then the document whose signatures are checked. */
export function VerifyView() {
  const { t } = useTranslation('verify');
  const { file, status, error, passwordTried, compared } = useVerification((state) => state);
  const container = useVerification((state) => state.result?.report.container);
  const { drop, choose } = useVerification((state) => state);
  const isShown = file && status !== 'checking' && !passwordTried && !UNSHOWABLE.includes(error?.code ?? '');
  return (
    <DropZone
      className={styles.dropZone ?? ''}
      getDropOperation={() => 'copy'}
      onDrop={async ({ items }) => {
        const files = items.filter((item): item is FileDropItem => item.kind === 'file');
        if (files.length > 0) await drop(await Promise.all(files.map((item) => item.getFile())));
      }}
    >
      {compared ? (
        <VersionsView compared={compared} />
      ) : file && container ? (
        <ContainerView id={file.id} name={file.name} container={container} />
      ) : isShown ? (
        <LazyDocumentView key={file.id} id={file.id} name={file.name} bytes={file.bytes} />
      ) : (
        <div className={styles.empty}>
          <span className={styles.emptyIcon}>
            <Icon name="verify" size="3rem" />
          </span>
          <h2 className={styles.emptyTitle}>{file?.name ?? t('title')}</h2>
          <p className={styles.emptyText}>{t('text')}</p>
          <Text slot="label" className={styles.dropHere ?? ''}>
            {t('drop')}
          </Text>
          <span>{t('or')}</span>
          <Button
            kind={file ? 'secondary' : 'primary'}
            size="large"
            icon="folder"
            onPress={() => void choose()}
          >
            {t('choose')}
          </Button>
        </div>
      )}
    </DropZone>
  );
}
