import { useTranslation } from 'react-i18next';
import type { SignedContainer } from '../../../contract/model/verification.ts';
import { Icon } from '../../ui/icon.tsx';
import documents from '../documents/documents.module.css';
import { OutputButtons } from '../output-buttons.tsx';
import styles from './container-view.module.css';

interface ContainerViewProps {
  readonly id: string;
  readonly name: string;
  readonly container: SignedContainer;
}

/** What a signed file holds that is no PDF: its files by name, which can be saved and then opened. */
export function ContainerView({ id, name, container }: ContainerViewProps) {
  const { t, i18n } = useTranslation(['verify', 'report']);
  const number = new Intl.NumberFormat(i18n.language);
  const { kind, files } = container;
  const isInside = kind === 'enveloping' || kind === 'asic';
  return (
    <div className={documents.empty}>
      <span className={documents.emptyIcon}>
        <Icon name="document" size="3rem" />
      </span>
      <h2 className={documents.emptyTitle}>{name}</h2>
      <p className={documents.emptyText}>{t(`report:verification.containerKind.${kind}`)}</p>
      {files.length > 0 && (
        <ul className={styles.files} aria-label={t('inside.title')}>
          {files.map((file) => (
            <li key={file.name}>
              <span>{file.name}</span>
              <span className={styles.size}>{number.format(file.bytes)} B</span>
            </li>
          ))}
        </ul>
      )}
      {isInside && files.length > 0 && (
        <OutputButtons
          save={{ label: t('inside.save'), act: (api) => api.verification.saveInside({ id }) }}
        />
      )}
    </div>
  );
}
