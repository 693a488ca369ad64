/** The parameters that have a slider, with the API's own ranges, in native pixels. */
export const sliders = [
  {
    name: 'sensitivity',
    label: 'How far above the background',
    min: 0.5,
    max: 20,
    step: 0.1,
    unit: 'spreads',
  },
  { name: 'minObjectArea', label: 'Smallest cell', min: 0, max: 5000, step: 10, unit: 'px²' },
  { name: 'maxHoleArea', label: 'Holes that are filled', min: 0, max: 5000, step: 10, unit: 'px²' },
  { name: 'closingRadius', label: 'Gaps that are closed', min: 0, max: 20, step: 0.5, unit: 'px' },
  { name: 'borderErosion', label: 'Taken off the border', min: 0, max: 10, step: 0.5, unit: 'px' },
  { name: 'undecidedBand', label: 'Undecided along the border', min: 0, max: 20, step: 0.5, unit: 'px' },
] as const;

export type TunedName = (typeof sliders)[number]['name'];
export type Tuned = Partial<Record<TunedName, number>>;

/** The numbers among parameters that a slider moves; whatever else stands there is left out. */
export function readNumbers(parameters: unknown): Tuned {
  const found: Tuned = {};
  for (const { name } of sliders) {
    const value = recordOf(parameters)[name];
    if (typeof value === 'number') found[name] = value;
  }
  return found;
}

/** What stands, also what has no slider, with what was moved. Who sets the height above the background means just that. */
export function withMoved(standing: unknown, moved: Tuned): Readonly<Record<string, unknown>> {
  const byHand = moved.sensitivity === undefined ? {} : { threshold: 'mode' };
  return { ...recordOf(standing), ...byHand, ...moved };
}

/** The same in the words of the API. */
export function inputOf(standing: unknown, moved: Tuned) {
  const all = withMoved(standing, moved);
  const { feature, threshold, deviationSigma } = all;
  return {
    ...(isFeature(feature) ? { feature: features[feature] } : {}),
    ...(isThreshold(threshold) ? { threshold: thresholds[threshold] } : {}),
    ...(typeof deviationSigma === 'number' ? { deviationSigma } : {}),
    ...readNumbers(all),
  };
}

const features = { auto: 'AUTO', deviation: 'DEVIATION', intensity: 'INTENSITY', stain: 'STAIN' } as const;
const thresholds = { mode: 'MODE', otsu: 'OTSU', li: 'LI', triangle: 'TRIANGLE' } as const;
const isFeature = (value: unknown): value is keyof typeof features =>
  typeof value === 'string' && value in features;
const isThreshold = (value: unknown): value is keyof typeof thresholds =>
  typeof value === 'string' && value in thresholds;

export function recordOf(parameters: unknown): Readonly<Record<string, unknown>> {
  return typeof parameters === 'object' && parameters !== null ? { ...parameters } : {};
}
