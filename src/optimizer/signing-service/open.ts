import { type CscConfig, CscService } from './csc/csc-service.ts';
import { type VendorConfig, VendorService } from './one-shot-optimizer/vendor-service.ts';
import { type OneShotConfig, OneShotService } from './oneshot/oneshot-service.ts';
import type { SigningService } from './port.ts';

export type { OneShotConfig } from './oneshot/oneshot-service.ts';

/** Which provider signs, and how it is reached; one member a provider. */
export type SigningServiceConfig = OneShotConfig | CscConfig | VendorConfig;

/** Opens nothing yet: the first call connects. */
export function openSigningService(config: SigningServiceConfig): SigningService {
  switch (config.kind) {
    case 'oneshot':
      return new OneShotService(config);
    case 'csc':
      return new CscService(config);
    case 'one-shot-optimizer':
      return new VendorService(config);
  }
}
