import { describe, expect, it } from 'vitest';
import { localVoice, sentencesOf } from './speech.ts';

const voice = (name: string, lang: string, localService: boolean, isDefault = false) =>
  ({ name, lang, localService, default: isDefault, voiceURI: name }) as SpeechSynthesisVoice;

describe('the voice that reads aloud', () => {
  it('never is one that sends the text to a server', () => {
    expect(localVoice([voice('cloud', 'es-ES', false, true)], 'es')).toBeUndefined();
  });

  it('speaks the language of the signer, in whatever spelling the system names it', () => {
    const voices = [voice('Anna', 'de-DE', true), voice('Jordi', 'ca_ES', true), voice('Ada', 'en-GB', true)];
    expect(localVoice(voices, 'ca')?.name).toBe('Jordi');
    expect(localVoice(voices, 'en')?.name).toBe('Ada');
    expect(localVoice(voices, 'fr')).toBeUndefined();
  });

  it('is the one that the person made the default of the system', () => {
    const voices = [voice('first', 'fr-FR', true), voice('chosen', 'fr-CA', true, true)];
    expect(localVoice(voices, 'fr')?.name).toBe('chosen');
  });
});

it('a text is read sentence by sentence, without the line ends of the page', () => {
  expect(sentencesOf('El importe es de\n1.200 €. ¿Está de acuerdo?\n\n', 'es')).toEqual([
    'El importe es de 1.200 €.',
    '¿Está de acuerdo?',
  ]);
});
