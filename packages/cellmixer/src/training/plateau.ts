/** Looks without a gain after which the learning rate falls. */
const PATIENCE = 4;
/** What counts as a gain, in mean IoU: well above the noise of a look at 64 mixtures. */
const LEAST_GAIN = 0.003;

/**
 * Whether learning stands still: the best of the last four looks is not better than the best before them.
 *
 * @param looks mean IoU on the validation mixtures, oldest first
 */
export function isPlateau(looks: readonly number[]): boolean {
  if (looks.length <= PATIENCE) return false;
  const before = Math.max(...looks.slice(0, -PATIENCE));
  const lately = Math.max(...looks.slice(-PATIENCE));
  return lately < before + LEAST_GAIN;
}
