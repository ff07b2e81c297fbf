import type { ClerkGroups } from './index.ts';

/** What can be said of a group without its schemas. */
export interface GroupNames {
  readonly name: string;
  readonly calls: readonly string[];
  readonly events: readonly string[];
}

/** Groups that the clerk's window needs only when it has been drawn. */
export type LaterClerkGroups = Omit<ClerkGroups, 'station'>;

/**
 * The bridge has to be whole before the page begins, but schemas take longer to make than the page to draw:
 * with these names it can be, and a schema is made when the first response comes.
 */
export const CLERK_NAMES = Object.freeze({
  preferences: { name: 'preferences', calls: ['change', 'openAdmin', 'identifyDisplays'], events: [] },
  secrets: { name: 'secrets', calls: ['unlock'], events: [] },
  documents: {
    name: 'documents',
    calls: ['choose', 'addDropped', 'unlock', 'examine', 'secondLook', 'remove', 'reorder', 'clear'],
    events: [],
  },
  arrivals: { name: 'arrivals', calls: ['next', 'pick'], events: ['arrived'] },
  placements: {
    name: 'placements',
    calls: ['preview', 'templates', 'saveTemplate', 'removeTemplate'],
    events: [],
  },
  drafts: { name: 'drafts', calls: ['list', 'keep', 'open', 'remove'], events: [] },
  idPictures: { name: 'idPictures', calls: ['list', 'add', 'remove', 'read'], events: [] },
  customers: { name: 'customers', calls: ['find', 'use'], events: [] },
  transactions: {
    name: 'transactions',
    calls: [
      'list',
      'find',
      'create',
      'stop',
      'takeCall',
      'documents',
      'cancel',
      'startAgain',
      'deliver',
      'handOver',
      'takeBack',
      'simulatedSms',
      'codeDelivery',
      'openResult',
      'showResults',
    ],
    events: ['changed', 'progress', 'interrupted'],
  },
  cases: { name: 'cases', calls: ['list', 'create', 'seals', 'seal', 'begin', 'close'], events: ['changed'] },
  results: {
    name: 'results',
    calls: ['saveCopies', 'print', 'saveEvidence', 'printEvidence'],
    events: [],
  },
  verification: {
    name: 'verification',
    calls: [
      ...['choose', 'addDropped', 'openResult', 'verify', 'cancel', 'drawVersions'],
      ...['saveReport', 'saveInside', 'printReport'],
    ],
    events: ['progress'],
  },
} as const satisfies { readonly [G in keyof LaterClerkGroups]: GroupNames });
