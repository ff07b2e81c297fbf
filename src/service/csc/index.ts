/** Our service as the Cloud Signature Consortium's API has it. */
import { type Authorisations, authorisations } from './authorisations.ts';
import { type Credentials, credentials } from './credentials.ts';
import { cscGrants, type Grants } from './grants.ts';
import { type AuthorizationServer, authorizationServer } from './oauth/authorization-server.ts';
import type { CscPorts } from './port.ts';
import { type Signatures, signatures } from './signatures.ts';

export interface CscServices {
  readonly ports: CscPorts;
  readonly grants: Grants;
  readonly authorisations: Authorisations;
  readonly credentials: Credentials;
  readonly signatures: Signatures;
  readonly oauth: AuthorizationServer;
}

export function cscServices(ports: CscPorts): CscServices {
  const grants = cscGrants(ports.store, ports.clock, ports.hashToken);
  const authorising = authorisations(ports, grants);
  return {
    ports,
    grants,
    authorisations: authorising,
    credentials: credentials(ports),
    signatures: signatures(ports, grants),
    oauth: authorizationServer(ports, grants, authorising),
  };
}

export type { CscClient, CscPorts } from './port.ts';
