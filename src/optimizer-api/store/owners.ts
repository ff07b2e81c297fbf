/** Who made something: an application by its key, or one of these. */

/** All programs of this machine together: without keys (drop-in) nobody can be told from anybody else. */
export const EVERYBODY = '';

/** This program: what it remembers for its own work, such as callbacks that are due. */
export const OPTIMIZER = '*';

/** Each owner has one record of settings. */
export const settingsKey = (owner: string): string => `settings/${owner}`;
