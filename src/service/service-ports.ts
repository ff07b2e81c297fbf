import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pino, { type Logger } from 'pino';
import { type Clock, systemClock } from '../base/clock.ts';
import type { RandomBytes } from './ca/serial-number.ts';
import type { ServiceConfig } from './config/service-config.ts';
import type { SmsGateway } from './otp/gateways/port.ts';

/** What reaches outside the process, and may be replaced. */
export interface ServicePorts {
  readonly clock: Clock;
  /** Milliseconds of a clock that nobody sets; the time-stamp authority compares the two. */
  readonly monotonic: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly randomBytes: RandomBytes;
  /** In place of the gateway of the configuration: for a program that starts the service with one of its own. */
  readonly sms: SmsGateway | undefined;
  readonly log: Logger;
  readonly environment: NodeJS.ProcessEnv;
}

export function completePorts(
  given: Partial<ServicePorts>,
  logLevel: ServiceConfig['logLevel'],
): ServicePorts {
  const { clock } = given;
  return {
    clock: systemClock,
    // A clock that was put in has no second one beside it that could disagree.
    monotonic: clock === undefined ? () => performance.now() : () => clock().getTime(),
    wait: async (milliseconds) => {
      if (milliseconds > 0) await delay(milliseconds);
    },
    randomBytes,
    sms: undefined,
    log: given.log ?? createLog(logLevel),
    environment: process.env,
    ...given,
  };
}

/** JSON lines on standard error. What could name a person or open a door is cut out, should it get there. */
const createLog = (level: ServiceConfig['logLevel']): Logger =>
  pino(
    {
      level,
      base: null,
      redact: {
        paths: [
          'req.headers',
          'headers',
          'body',
          'req.body',
          '*.password',
          '*.pin',
          '*.code',
          '*.text',
          '*.identity',
        ],
        remove: true,
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
