import { judgeCorpusAt } from './judged-corpus.ts';

// Without a time stamp the judges must come before the single-use certificate has ended.
judgeCorpusAt('B-B');
