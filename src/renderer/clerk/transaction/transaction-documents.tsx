import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownDocument } from '../../../contract/ipc/transactions.ts';
import { LazyDocumentView } from '../../document-view/lazy-document-view.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Select } from '../../ui/select.tsx';
import { useDesk } from '../desk.ts';
import styles from './transaction-documents.module.css';

/** Centre zone of a transaction: its documents, as they are to be signed or as they were signed. */
export function TransactionDocuments({ id }: { readonly id: string }) {
  const { t } = useTranslation('clerk');
  const act = useDesk((desk) => desk.act);
  const state = useDesk((desk) => desk.transactions?.find((one) => one.id === id)?.state);
  const declined = useDesk((desk) => desk.transactions?.find((one) => one.id === id)?.declined);
  const count = useDesk((desk) => desk.transactions?.find((one) => one.id === id)?.documents.length);
  const isSigned = state === 'delivered';
  const [documents, setDocuments] = useState<readonly ShownDocument[]>([]);
  const [index, setIndex] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once signed there are other files to show, and an application may add some
  useEffect(() => {
    void act(async (api) => setDocuments(await api.transactions.documents({ id })));
  }, [act, id, isSigned, count]);
  const shown = documents[index];
  if (!shown) {
    return (
      <div className={styles.empty}>
        <Icon name="document" size="3rem" />
        {state && <p>{t(declined ? 'state.declined' : `state.${state}`)}</p>}
      </div>
    );
  }
  return (
    <div className={styles.documents}>
      {documents.length > 1 && (
        <div className={styles.choice}>
          <Select
            label={t('showDocument')}
            hideLabel
            value={String(index)}
            choices={documents.map(({ name }, at) => ({ value: String(at), label: name }))}
            onChange={(value) => setIndex(Number(value))}
          />
        </div>
      )}
      <div className={styles.view}>
        <LazyDocumentView key={shown.id} id={shown.id} name={shown.name} bytes={shown.bytes} hasStrip />
      </div>
    </div>
  );
}
