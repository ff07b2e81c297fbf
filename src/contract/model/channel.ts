import { z } from 'zod';

/**
 * How a code reaches its person. An SMS is bound to the number that the officer verified; a call may be diverted or
 * answered by somebody else, and a mailbox is guarded by whatever its owner chose: both prove less, and evidence says so.
 */
export const channelSchema = z.enum(['sms', 'voice', 'email']);
export type Channel = z.infer<typeof channelSchema>;
