/** The name under which the preload puts its bridge into the window. */
export const BRIDGE = 'station';
