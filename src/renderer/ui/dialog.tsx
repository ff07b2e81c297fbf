import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.tsx';
import styles from './dialog.module.css';

interface DialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly children: ReactNode;
  readonly confirm: string;
  /** Absent: there is one response only. */
  readonly cancel?: string;
  /** A destructive act is asked for in plain words and does not look like the usual way on. */
  readonly isDestructive?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel?: () => void;
}

/** One question, two responses of the same size. */
export function Dialog({
  isOpen,
  title,
  children,
  confirm,
  cancel,
  isDestructive,
  onConfirm,
  onCancel,
}: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => open || (onCancel ?? onConfirm)()}
      className={styles.overlay ?? ''}
      isDismissable={false}
    >
      <Modal className={styles.modal ?? ''}>
        <AriaDialog role="alertdialog" className={styles.dialog ?? ''}>
          <Heading slot="title" className={styles.title ?? ''}>
            {title}
          </Heading>
          <div>{children}</div>
          <div className={styles.responses}>
            {cancel !== undefined && (
              <Button size="large" onPress={() => onCancel?.()}>
                {cancel}
              </Button>
            )}
            <Button size="large" kind={isDestructive ? 'danger' : 'primary'} onPress={onConfirm}>
              {confirm}
            </Button>
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
