/** The signature service as a part: its own process (main.ts), the command line and tests start it here. */
export type { Clock } from '../base/clock.ts';
export { SANDBOX_OFFICER } from './config/sandbox-defaults.ts';
export type { ServiceConfig, ServiceConfigInput } from './config/service-config.ts';
export type { SmsGateway, SmsMessage } from './otp/gateways/port.ts';
export type { ServicePorts } from './service-ports.ts';
export { type RunningService, startSignatureService } from './start.ts';
