import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { useCeremony } from '../ceremony.ts';
import { localVoice, sentencesOf, textOnScreen } from './speech.ts';

/** Reads the screen aloud, where the machine has a voice of its own for the signer's language. */
export function ReadAloud() {
  const { t } = useTranslation('signer');
  const { language, step } = useCeremony(({ view }) => view);
  const voice = useLocalVoice(language);
  const [isSpeaking, setSpeaking] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen ends what was read of the last one
  useEffect(() => () => speechSynthesis.cancel(), [step, language]);

  if (!voice) return null;
  const toggle = () => {
    speechSynthesis.cancel();
    setSpeaking(!isSpeaking);
    if (isSpeaking) return;
    const sentences = sentencesOf(textOnScreen(document), language);
    for (const [index, sentence] of sentences.entries()) {
      const utterance = new SpeechSynthesisUtterance(sentence);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      if (index === sentences.length - 1) utterance.onend = () => setSpeaking(false);
      utterance.onerror = () => setSpeaking(false);
      speechSynthesis.speak(utterance);
    }
    if (sentences.length === 0) setSpeaking(false);
  };
  return (
    <Button kind="quiet" icon="speaker" aria-pressed={isSpeaking} onPress={toggle}>
      {isSpeaking ? t('readAloud.stop') : t('readAloud.start')}
    </Button>
  );
}

function useLocalVoice(language: string): SpeechSynthesisVoice | undefined {
  const [voice, setVoice] = useState<SpeechSynthesisVoice>();
  useEffect(() => {
    const find = () => setVoice(localVoice(speechSynthesis.getVoices(), language));
    find();
    speechSynthesis.addEventListener('voiceschanged', find);
    return () => speechSynthesis.removeEventListener('voiceschanged', find);
  }, [language]);
  return voice;
}
