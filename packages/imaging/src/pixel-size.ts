/** Micrometres in one unit, by the names that OME-XML and ImageJ use. */
const micrometres: Readonly<Record<string, number>> = {
  m: 1e6,
  dm: 1e5,
  cm: 1e4,
  mm: 1e3,
  µm: 1,
  um: 1,
  micron: 1,
  microns: 1,
  micrometer: 1,
  micrometers: 1,
  micrometre: 1,
  nm: 1e-3,
  pm: 1e-6,
  å: 1e-4,
  in: 25_400,
  inch: 25_400,
  inches: 25_400,
};

/** Coarser than this, a resolution in dots per inch is a printer's or a screen's, not a microscope's. */
const coarsest = 20;

/** `length` in `unit` as micrometres; null where the unit is no length (pixels) or the number is not usable. */
export function toMicrometres(length: number, unit: string): number | null {
  // Both signs for micro (U+00B5, U+03BC) are used.
  const factor = micrometres[unit.trim().replace('\u03bc', '\u00b5').toLowerCase()];
  if (factor === undefined || !Number.isFinite(length) || length <= 0) return null;
  // 0.1 mm must give 100, not 100.00000000000001.
  return factor >= 1 ? length * factor : length / Math.round(1 / factor);
}

/** Pixel size from pixels per inch (unit 2) or per centimetre (unit 3), where that is finer than a print. */
export function fromResolution(pixelsPerUnit: number, unit: number): number | null {
  const size = toMicrometres(1 / pixelsPerUnit, unit === 2 ? 'inch' : unit === 3 ? 'cm' : '');
  return size !== null && size <= coarsest ? size : null;
}
