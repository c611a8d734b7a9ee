/** How long the provider waits for what; all in milliseconds. */
export interface Timing {
  /** Before the first look at a new deployment. The genuine provider waits 10 s. */
  readonly afterCreate: number;
  /** Until a deployment has to be `Active`. */
  readonly deploymentActive: number;
  /** Until a configuration's draft has to be `Active`. */
  readonly draftActive: number;
  /** Until a deleted object has to be gone. */
  readonly gone: number;
  /** How long a create or update that is answered with 400 is tried again: what it refers to may be on its way. */
  readonly badRequest: number;
  /** How long a read that is answered with 404 is tried again, unless the provider's `custom_retry_timeout` says otherwise. */
  readonly notFound: number;
  /** How long a name that no flow has is looked up again. */
  readonly flowByName: number;
  /** The same for an integration, and for a knowledge base if there are no knowledge bases. */
  readonly otherByName: number;
  /** Between two looks at something that is on its way; the wait doubles up to the longest. */
  readonly shortestPoll: number;
  readonly longestPoll: number;
  /** Before a call is repeated after 429, 5xx or a broken connection; the wait doubles up to the longest. */
  readonly shortestBackOff: number;
  readonly longestBackOff: number;
}

/** The genuine provider's times, but for the wait after a create. */
export const genuineTiming: Timing = {
  afterCreate: 0,
  deploymentActive: 60_000,
  draftActive: 30_000,
  gone: 30_000,
  badRequest: 30_000,
  notFound: 300_000,
  flowByName: 30_000,
  otherByName: 15_000,
  shortestPoll: 500,
  longestPoll: 10_000,
  shortestBackOff: 1_000,
  longestBackOff: 30_000,
};

/** How often a call is repeated after 429, 5xx or a broken connection. */
export const mostRepetitions = 20;
