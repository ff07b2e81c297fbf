import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hostileText, RAW_HOSTILE } from '../../test/support/hostile-text.ts';
import { jsonLog } from './json-log.ts';

it('one entry is one line, which acts on no terminal and says what it was given', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const lines: string[] = [];
      const log = jsonLog({ base: null }, { write: (line: string) => void lines.push(line) });
      log.error({ [text]: text, err: new Error(text) }, text);
      expect(lines).toHaveLength(1);
      const line = lines.join('');
      expect(line.endsWith('\n')).toBe(true);
      expect(line.slice(0, -1)).not.toMatch(RAW_HOSTILE);
      expect(JSON.parse(line)).toMatchObject({ msg: text });
    }),
  );
});
