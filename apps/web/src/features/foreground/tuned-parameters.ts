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

/** The numbers among parameters that a slider moves; whatever else stands there is left out. */
export function readNumbers(parameters: unknown): Partial<Record<TunedName, number>> {
  if (typeof parameters !== 'object' || parameters === null) return {};
  const found: Partial<Record<TunedName, number>> = {};
  for (const { name } of sliders) {
    const value = (parameters as Record<string, unknown>)[name];
    if (typeof value === 'number') found[name] = value;
  }
  return found;
}
