import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode, OssError } from '../../../contract/errors.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from '../panel.module.css';
import { useVerification } from './verification.ts';

type Problem =
  | 'unsigned'
  | 'password'
  | 'encrypted'
  | 'damaged'
  | 'notPdf'
  | 'gone'
  | 'stopped'
  | 'unreachable'
  | 'other';

const PROBLEMS: Readonly<Partial<Record<ErrorCode, Problem>>> = Object.freeze({
  OSS_PDF_NO_SIGNATURE: 'unsigned',
  OSS_PDF_PASSWORD_NEEDED: 'password',
  OSS_PDF_ENCRYPTION_UNSUPPORTED: 'encrypted',
  OSS_PDF_XREF_DAMAGED: 'damaged',
  OSS_PDF_TRUNCATED: 'damaged',
  OSS_PDF_MALFORMED: 'damaged',
  OSS_PDF_HEADER_JUNK: 'damaged',
  OSS_PDF_LIMIT: 'damaged',
  OSS_PDF_EMPTY: 'damaged',
  OSS_PDF_NOT_A_PDF: 'notPdf',
  OSS_FILE_NOT_FOUND: 'gone',
  OSS_FILE_CHANGED: 'gone',
  OSS_CANCELLED: 'stopped',
  OSS_SERVICE_UNREACHABLE: 'unreachable',
  OSS_SERVICE_TIMEOUT: 'unreachable',
});

/** Why nothing was found out, kindly, and what to do. */
export function ProblemNotice({ error }: { readonly error: OssError }) {
  const { t } = useTranslation('verify');
  const passwordTried = useVerification((state) => state.passwordTried);
  const found = PROBLEMS[error.code] ?? 'other';
  const problem = found === 'password' && passwordTried ? 'wrongPassword' : found;
  return (
    <>
      <Notice
        kind={problem === 'unsigned' || problem === 'stopped' ? 'info' : 'warn'}
        title={t(`problem.${problem}.title`)}
      >
        {t(`problem.${problem}.text`)}
      </Notice>
      {found === 'password' && <PasswordForm />}
    </>
  );
}

function PasswordForm() {
  const { t } = useTranslation('verify');
  const check = useVerification((state) => state.check);
  const [password, setPassword] = useState('');
  return (
    <form
      className={styles.links}
      onSubmit={(event) => {
        event.preventDefault();
        void check(password);
      }}
    >
      <Field
        label={t('password')}
        type="password"
        autoComplete="off"
        value={password}
        onChange={setPassword}
      />
      <Button type="submit" isDisabled={password === ''}>
        {t('openWithPassword')}
      </Button>
    </form>
  );
}
