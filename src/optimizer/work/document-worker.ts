/** A process that works on documents for another one (see `WorkerPool`). */
import { parentChannel } from '../../contract/parent-channel.ts';
import { guardProcess } from './process-guard.ts';
import { serveJobs } from './serve-jobs.ts';
import { MEGABYTES_VARIABLE } from './worker-process.ts';

guardProcess(Number(process.env[MEGABYTES_VARIABLE]));
serveJobs(parentChannel(process));
