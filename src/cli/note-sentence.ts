import type { DocumentNote } from '../contract/model/document-notes.ts';
import { noteInWords, notesTexts } from '../texts/notes.ts';
import { translatorOf } from '../texts/translator.ts';

const notesIn = translatorOf('notes', notesTexts);

/** A note as a terminal says it: in English. */
export const noteSentence = (note: DocumentNote): string => noteInWords(note, notesIn('en'), 'en');
