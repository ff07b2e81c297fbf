/** Answers to what a job asks, by the name of the question; what is asked and answered survives structured cloning. */
// biome-ignore lint/suspicious/noExplicitAny: each question has an argument of its own, known to both its ends.
export type Outside = Readonly<Record<string, (argument: any) => Promise<unknown>>>;
