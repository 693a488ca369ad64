/** The terminal and npm may both hand on one Ctrl-C; what comes this soon (ms) after the first is the same one. */
const SAME_KEY = 500;

/**
 * An abort signal for the first Ctrl-C (or SIGTERM); the second one leaves at once. `end` must be called when
 * the work is over.
 */
export function onInterrupt(onFirst: () => void): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  let first = Number.NaN;
  const listener = () => {
    if (controller.signal.aborted) {
      if (performance.now() - first > SAME_KEY) process.exit(130);
      return;
    }
    first = performance.now();
    controller.abort();
    onFirst();
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return {
    signal: controller.signal,
    end() {
      process.off('SIGINT', listener);
      process.off('SIGTERM', listener);
    },
  };
}
