/** Public surface of the Optimizer: the station, the REST server and the command line import only this. */

export type { ApiPolicy, Compatibility } from './api/core/api-core.ts';
export { type ApiData, openApiData } from './api/open-data.ts';
export { type ApiClient, addApiKey, readApiClients } from './api/security/api-keys.ts';
export { type OptimizerApi, type OptimizerApiOptions, startOptimizerApi } from './api/start.ts';
export { type AugmentDocumentOptions, augmentDocument } from './augment-document.ts';
export { type FileInspection, inspectFile } from './inspect-file.ts';
export { Optimizer, type OptimizerOptions, type ReadableDocument } from './optimizer.ts';
export { type VerifyOptions, verifyFile } from './pades/verify-file.ts';
export type { Progress, WorkOptions } from './progress.ts';
export {
  attachEmbeddedService,
  type EmbeddedService,
  embeddedServiceEnvironment,
  type ServiceProcess,
} from './remote/embedded-service.ts';
export type { HttpClientOptions, TlsOptions } from './remote/http-client.ts';
export { OneShotService } from './remote/oneshot.adapter.ts';
export type { OfficerCredentials, OutboundCall, SignatureService } from './remote/port.ts';
export { type Sources, sourcesFor } from './sources/http-sources.adapter.ts';
export type { TimestampAuthority, ValidationDataSource } from './sources/port.ts';
export type { NewDocument, NewTransaction } from './transaction/create.ts';
