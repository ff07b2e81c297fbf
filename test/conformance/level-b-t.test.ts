import { judgeCorpusAt } from './judged-corpus.ts';

judgeCorpusAt('B-T');
