import { z } from 'zod';
import { metadataFormSchema, metadataViewSchema } from '../../contract/optimizer-api/index.ts';
import {
  addMetadata,
  deleteAllMetadata,
  deleteMetadata,
  metadataNamed,
  listMetadata as metadataOf,
} from '../core/metadata.ts';
import type { ApiRoute } from './route.ts';

const createMetadata: ApiRoute = {
  name: 'createMetadata',
  method: 'POST',
  classic: ['/metadata'],
  newer: ['/metadata'],
  tag: 'metadata',
  summary: 'Keeps data under an object identifier; signatures do not carry it',
  body: { media: ['application/json'], classic: metadataFormSchema },
  success: {
    status: 200,
    classic: z.object({ metadata: z.string() }),
    names: { id: { classic: '/metadata', newer: '/metadata' } },
  },
  refusals: [400],
  handle: async (core, { body }) => ({
    value: { metadata: addMetadata(core, body) },
    message: 'Metadata stored',
  }),
};

const deleteAllMetadataRoute: ApiRoute = {
  name: 'deleteAllMetadata',
  method: 'DELETE',
  classic: ['/metadata'],
  newer: ['/metadata'],
  tag: 'metadata',
  summary: 'Removes all entries',
  success: { status: 200, classic: z.string() },
  refusals: [],
  async handle(core) {
    deleteAllMetadata(core);
    return { text: 'All metadata deleted' };
  },
};

const deleteMetadataRoute: ApiRoute = {
  name: 'deleteMetadata',
  method: 'DELETE',
  classic: ['/metadata/:id'],
  newer: ['/metadata/:id'],
  tag: 'metadata',
  summary: 'Removes an entry',
  success: { status: 200, classic: z.string() },
  refusals: [404],
  async handle(core, { params }) {
    deleteMetadata(core, params.id ?? '');
    return { text: 'Metadata successfully deleted' };
  },
};

const getMetadata: ApiRoute = {
  name: 'getMetadata',
  method: 'GET',
  classic: ['/metadata/:id'],
  newer: ['/metadata/:id'],
  tag: 'metadata',
  summary: 'One entry',
  success: { status: 200, classic: metadataViewSchema },
  refusals: [404],
  handle: async (core, { params }) => ({ value: metadataNamed(core, params.id ?? ''), message: 'Metadata' }),
};

const listMetadata: ApiRoute = {
  name: 'listMetadata',
  method: 'GET',
  classic: ['/metadata'],
  newer: ['/metadata'],
  tag: 'metadata',
  summary: 'All entries',
  success: { status: 200, classic: z.record(z.string(), metadataViewSchema) },
  refusals: [404],
  handle: async (core) => ({ value: metadataOf(core), message: 'Metadata' }),
};

/** Calls below metadata. */
export const METADATA_ROUTES: readonly ApiRoute[] = [
  createMetadata,
  deleteAllMetadataRoute,
  deleteMetadataRoute,
  getMetadata,
  listMetadata,
];
