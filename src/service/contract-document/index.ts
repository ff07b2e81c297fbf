import type { ContractWriter } from '../ra/create-request.ts';
import type { ContractSettings } from './contract-document.ts';

/** The writer of contracts. Its PDF library is loaded with the first contract: the service starts without it. */
export function contractWriter(settings: ContractSettings): ContractWriter {
  let writer: Promise<ContractWriter> | undefined;
  return async (subject) => {
    writer ??= import('./contract-document.ts').then((module) => module.createContractWriter(settings));
    return (await writer)(subject);
  };
}
