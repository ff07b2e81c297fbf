import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ID_PICTURE_SIDES, type IdPictureSide } from '../../../contract/model/id-picture.ts';
import type { MachineReadable } from '../../../contract/model/machine-readable-zone.ts';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { useDesk } from '../desk.ts';
import { CameraDialog } from './camera-dialog.tsx';
import styles from './id-pictures.module.css';
import { fromFile, type PictureProblem, type Taken, taken } from './take-picture.ts';

interface IdPicturesProps {
  /** Fills the form in; the clerk compares and goes on. */
  readonly onRead: (zone: MachineReadable) => void;
}

type Reading = 'none' | 'reading' | 'read' | 'expired' | 'unreadable' | PictureProblem;

/** Pictures of the identification for the registration authority; the zone of the document fills the form in. */
export function IdPictures({ onRead }: IdPicturesProps) {
  const { t } = useTranslation('clerk');
  const api = useDesk((desk) => desk.api);
  const act = useDesk((desk) => desk.act);
  const draft = useDesk((desk) => desk.draft);
  const [sides, setSides] = useState<readonly IdPictureSide[]>([]);
  const [atCamera, setAtCamera] = useState<IdPictureSide>();
  const [reading, setReading] = useState<Reading>('none');
  useEffect(() => {
    api.idPictures.list({ draft }).then(setSides, () => setSides([]));
  }, [api, draft]);
  const add = (side: IdPictureSide, picture: Promise<Taken>) =>
    act(async () => {
      const kept = await picture;
      if ('problem' in kept) return setReading(kept.problem);
      const { data } = kept;
      setSides(await api.idPictures.add({ draft, side, data }));
      if (side === 'holder') return;
      setReading('reading');
      const zone = await api.idPictures.read({ draft, side }).catch(() => null);
      // Most cards have the zone on one side only: the other says nothing, and need not.
      if (!zone) return setReading((before) => (before === 'reading' ? 'unreadable' : before));
      onRead(zone);
      setReading(zone.expired ? 'expired' : 'read');
    });
  return (
    <section className={styles.pictures} aria-label={t('pictures.title')}>
      <p className={styles.text}>{t('pictures.text')}</p>
      {ID_PICTURE_SIDES.map((side) => (
        <Slot
          key={side}
          side={side}
          isThere={sides.includes(side)}
          onCamera={() => setAtCamera(side)}
          onFile={(file) => void add(side, fromFile(file))}
          onRemove={() => void act(async () => setSides(await api.idPictures.remove({ draft, side })))}
        />
      ))}
      {reading === 'reading' && <Progress label={t('pictures.reading')} />}
      {reading === 'read' && <Notice kind="good">{t('pictures.read')}</Notice>}
      {reading === 'expired' && <Notice kind="warn">{t('pictures.expired')}</Notice>}
      {reading === 'unreadable' && <Notice kind="info">{t('pictures.unreadable')}</Notice>}
      {(reading === 'noPicture' || reading === 'tooLarge') && (
        <Notice kind="bad">{t(`pictures.${reading}`)}</Notice>
      )}
      {atCamera && (
        <CameraDialog
          title={t(`pictures.${atCamera}`)}
          onClose={() => setAtCamera(undefined)}
          onTaken={(picture) => {
            void add(atCamera, taken(picture));
            setAtCamera(undefined);
          }}
        />
      )}
    </section>
  );
}

interface SlotProps {
  readonly side: IdPictureSide;
  readonly isThere: boolean;
  readonly onCamera: () => void;
  readonly onFile: (file: File) => void;
  readonly onRemove: () => void;
}

function Slot({ side, isThere, onCamera, onFile, onRemove }: SlotProps) {
  const { t } = useTranslation('clerk');
  const input = useRef<HTMLInputElement>(null);
  const name = t(`pictures.${side}`);
  return (
    <div className={styles.slot}>
      <span className={styles.name}>
        <Icon name={isThere ? 'check' : 'document'} size="1.1em" />
        {name}
        <span className="visually-hidden">{isThere && t('pictures.there')}</span>
      </span>
      <IconButton icon="camera" label={t('pictures.camera', { name })} onPress={onCamera} />
      <IconButton icon="folder" label={t('pictures.file', { name })} onPress={() => input.current?.click()} />
      {isThere && <IconButton icon="close" label={t('pictures.remove', { name })} onPress={onRemove} />}
      <input
        ref={input}
        hidden
        type="file"
        accept="image/jpeg,image/png"
        aria-label={t('pictures.file', { name })}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onFile(file);
          target.value = '';
        }}
      />
    </div>
  );
}
