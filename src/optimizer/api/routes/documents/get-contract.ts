import { readContract } from '../../core/contract.ts';
import { requestNamed } from '../../core/request-lookup.ts';
import type { ApiRoute } from '../../http/route.ts';

export const getContract: ApiRoute = {
  name: 'getContract',
  method: 'GET',
  classic: ['/document/:pk/contract'],
  newer: ['/contract/:pk', '/document/:pk/contract'],
  tag: 'documents',
  summary: 'The service contract that the signer agrees to',
  success: { mediaTypes: ['application/pdf'] },
  refusals: [404, 412],
  handle: async (core, { params }) =>
    readContract(
      core,
      requestNamed(core, params.pk, (name) => `Request ${name} not found`),
    ),
};
