/**
 * The machine's own voice for a language. Only voices that work on this machine: others would send what
 * they read to a server, and no word of a document leaves the workstation.
 */
export const localVoice = (
  voices: readonly SpeechSynthesisVoice[],
  language: string,
): SpeechSynthesisVoice | undefined => {
  const fitting = voices.filter(
    ({ lang, localService }) => localService && lang.toLowerCase().split(/[-_]/)[0] === language,
  );
  return fitting.find((voice) => voice.default) ?? fitting[0];
};

/** Sentence by sentence, because some engines stop in the middle of a long text. A line end is no sentence end. */
export function sentencesOf(text: string, language: string): string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, ' '))
    .flatMap((paragraph) => Array.from(segmenter.segment(paragraph), ({ segment }) => segment.trim()))
    .filter((sentence) => sentence !== '');
}

/** What is on the screen: of a document the pages in sight, otherwise the words of the screen. */
export function textOnScreen(document: Document): string {
  const main = document.querySelector('main');
  const pages = [...document.querySelectorAll<HTMLElement>('.pdfViewer .page')].filter(isInSight);
  // biome-ignore-start lint/performance/useDomNodeTextContent: without the line ends words would run together
  if (pages.length === 0) return (main?.innerText ?? '').trim();
  return pages.map((page) => page.querySelector<HTMLElement>('.textLayer')?.innerText ?? '').join('\n');
  // biome-ignore-end lint/performance/useDomNodeTextContent: see above
}

function isInSight(page: HTMLElement): boolean {
  const frame = page.closest('.pdfViewer')?.parentElement?.getBoundingClientRect();
  if (!frame) return false;
  const { top, bottom, height } = page.getBoundingClientRect();
  const seen = Math.min(bottom, frame.bottom) - Math.max(top, frame.top);
  return seen >= Math.min(height, frame.height) / 2;
}
