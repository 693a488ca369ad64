/**
 * How long (ms) our servers keep a connection on which nothing is asked. Whoever asks them keeps it less long: one that
 * its server is about to close could take a request along.
 */
export const KEEP_ALIVE = 65_000;
