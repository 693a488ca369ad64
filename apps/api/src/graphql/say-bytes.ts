const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A number of bytes as people say it: `3.4 GB`. */
export function sayBytes(bytes: bigint | number): string {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return new Intl.NumberFormat('en', {
    ...{ style: 'unit', unit: UNITS[unit]!, unitDisplay: unit === 0 ? 'long' : 'short' },
    maximumSignificantDigits: 3,
  }).format(value);
}
