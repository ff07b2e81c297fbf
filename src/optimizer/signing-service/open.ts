import { type OneShotConfig, OneShotService } from './oneshot/oneshot-service.ts';
import type { SigningService } from './port.ts';

/** Which provider signs, and how it is reached; one member a provider. */
export type SigningServiceConfig = OneShotConfig;

/** Opens nothing yet: the first call connects. */
export function openSigningService(config: SigningServiceConfig): SigningService {
  switch (config.kind) {
    case 'oneshot':
      return new OneShotService(config);
  }
}
