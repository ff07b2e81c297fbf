/** Where the service takes the time from; tests inject their own. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
