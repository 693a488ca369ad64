import { CellMixerError } from '@cellmixer/errors';

const copyAgain = 'Copy the file again from where it was made, or open it in Fiji and save it as TIFF.';

/** The file is broken, cut short, or not what its first bytes promise. */
export function damaged(name: string, what: string, cause?: unknown): CellMixerError {
  return new CellMixerError('IMAGE_UNREADABLE', `"${name}": ${what}`, {
    subject: name,
    cure: copyAgain,
    cause,
  });
}

/** The file is sound, but of a kind that has to be converted first. */
export function unsupported(name: string, what: string, cure: string): CellMixerError {
  return new CellMixerError('IMAGE_UNSUPPORTED', `"${name}": ${what}`, { subject: name, cure });
}

/** The file asks for more than the limits allow. */
export function tooLarge(name: string, what: string, cure: string): CellMixerError {
  return new CellMixerError('IMAGE_TOO_LARGE', `"${name}": ${what}`, { subject: name, cure });
}

/** 1234567 as "1,234,567". */
export function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}
