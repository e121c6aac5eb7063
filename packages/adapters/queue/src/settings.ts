/**
 * Every number the queue works with. `Q..` are the measured facts that `tests/queue` keeps watch over.
 */

/** Q7: a lost worker's job is free again after this; with the check below it is back in under 20 s. */
export const LOCK_MS = 10_000
/** Q7: how often workers look for jobs of lost workers. */
export const STALLED_CHECK_MS = 5_000
/** How often the event loop says to the lock keeper that it still turns (Q8). */
export const BEAT_MS = 500
/** Q7: a job may be lost with its worker once; the second loss sets it apart as poison. */
export const LOSSES_FORGIVEN = 1

/** Times a step is tried when it throws, and the wait before the second; it doubles. */
export const STEP_ATTEMPTS = 3
export const RETRY_FIRST_MS = 500

/**
 * Q9, Q17: finished jobs leave at once, failed ones too. A kept job would make its name unusable for as long as it is
 * kept, and what happened stands in the vault.
 */
export const REMOVE_ON_COMPLETE = true
export const REMOVE_ON_FAIL = true
/** Q17: length of the stream of hints for live progress. */
export const EVENTS_KEPT = 2_000

/** Q13: an idle worker beside a waiting job for this long is deaf: it is opened anew, and said. */
export const DEAF_AFTER_MS = 10_000
export const DEAF_CHECK_MS = 2_500
/** An idle worker asks by itself this often, whatever notification it may have missed. */
export const IDLE_POLL_S = 5

/** A worker whose server went away asks again after this; BullMQ's own 15 s outlast a restart of ours by far. */
export const RECONNECT_MS = 1_000

/** Q16: errors within `BREAKER_WINDOW_MS` that make a worker pause; the first pause, doubled up to the longest. */
export const BREAKER_ERRORS = 5
export const BREAKER_WINDOW_MS = 2_000
export const BREAKER_FIRST_PAUSE_MS = 500
export const BREAKER_LONGEST_PAUSE_MS = 30_000

/** Q5: difference to the server's clock at which PostgreSQL workers warn, and stop taking jobs. */
export const CLOCK_WARN_MS = 1_000
export const CLOCK_STOP_MS = 5_000
export const CLOCK_CHECK_MS = 30_000

/** Connections per queue object; a PostgreSQL connection is a process. */
export const PRODUCER_CONNECTIONS = 2

/** Time an orderly stop leaves the step in hand, before it is given back. */
export const GRACE_MS = 4_000
/** Rings of one study that a process sends within this time are one. */
export const RING_EVERY_MS = 50
/** An unreachable server is said after this, not waited for. */
export const CONNECT_TIMEOUT_MS = 5_000
