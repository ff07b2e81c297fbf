import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './id-pictures.module.css';

interface CameraDialogProps {
  readonly title: string;
  readonly onTaken: (picture: ImageBitmapSource) => void;
  readonly onClose: () => void;
}

/** What the camera sees, until a picture is taken; the camera is on only as long as this is open. */
export function CameraDialog({ title, onTaken, onClose }: CameraDialogProps) {
  const { t } = useTranslation('clerk');
  const video = useRef<HTMLVideoElement>(null);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let isOpen = true;
    const wanted = { video: { width: { ideal: 1920 }, height: { ideal: 1080 } }, audio: false };
    navigator.mediaDevices.getUserMedia(wanted).then(
      (found) => {
        stream = found;
        if (isOpen && video.current) video.current.srcObject = found;
        else for (const track of found.getTracks()) track.stop();
      },
      () => setMissing(true),
    );
    return () => {
      isOpen = false;
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);
  return (
    <Dialog
      isOpen
      title={title}
      confirm={t('pictures.take')}
      cancel={t('pictures.close')}
      onCancel={onClose}
      onConfirm={() => {
        if (video.current && video.current.videoWidth > 0) onTaken(video.current);
      }}
    >
      {isMissing ? (
        <Notice kind="bad">{t('pictures.noCamera')}</Notice>
      ) : (
        <video ref={video} className={styles.video} autoPlay muted playsInline aria-label={title} />
      )}
    </Dialog>
  );
}
