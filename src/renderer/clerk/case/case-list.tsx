import { useTranslation } from 'react-i18next';
import { plainLetters } from '../../../contract/model/plain-letters.ts';
import { Icon } from '../../ui/icon.tsx';
import { useDesk } from '../desk.ts';
import styles from '../transaction-list.module.css';

/** Cases of several signers, those that wait for somebody first. */
export function CaseList({ words }: { readonly words: string }) {
  const { t, i18n } = useTranslation('clerk');
  const cases = useDesk((desk) => desk.cases);
  const place = useDesk((desk) => desk.place);
  const go = useDesk((desk) => desk.go);
  const shown = cases.filter(({ signers, documents }) =>
    plainLetters(words)
      .split(/\s+/)
      .every((word) =>
        [...signers.map(({ name }) => name), ...documents].some((text) => plainLetters(text).includes(word)),
      ),
  );
  if (shown.length === 0) return null;
  const day = new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'short' });
  const isOpen = ({ state }: (typeof cases)[number]): boolean => state === 'open';
  const sorted = [...shown.filter(isOpen), ...shown.filter((one) => !isOpen(one))];
  return (
    <section>
      <h2 className={styles.heading}>{t('case.list')}</h2>
      <ul className={styles.list}>
        {sorted.map(({ id, state, signers, createdAt }) => (
          <li key={id}>
            <button
              type="button"
              className={styles.item}
              data-state={state === 'complete' ? 'delivered' : undefined}
              aria-current={place.kind === 'case' && place.id === id ? 'true' : undefined}
              onClick={() => go({ kind: 'case', id })}
            >
              <span className={styles.name}>{signers.map(({ name }) => name).join(', ')}</span>
              <span className={styles.state}>
                <Icon
                  name={state === 'open' ? 'clock' : state === 'complete' ? 'check' : 'warning'}
                  size="1.1em"
                />
                {state === 'open'
                  ? t('case.progress', {
                      done: signers.filter((one) => one.state === 'signed').length,
                      of: signers.length,
                    })
                  : t(`case.ended.${state}`)}
              </span>
              <time className={styles.time} dateTime={createdAt}>
                {day.format(new Date(createdAt))}
              </time>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
