/**
 * How long (ms) our servers keep a connection on which nothing is asked. Whoever asks them keeps it less long: one that
 * its server is about to close could take a request along. It is no setting, as servers that differ in it lose requests;
 * it stands with the settings because this is the package that every server reads when it starts.
 */
export const KEEP_ALIVE = 65_000;
