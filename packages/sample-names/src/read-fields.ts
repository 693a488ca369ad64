import type { NameValues } from './match-name.ts';

/** What a name says, as the fields of a sample take it; null where it says nothing. */
export interface NameFields {
  readonly line: string | null;
  readonly plate: string | null;
  /** Without leading zeros, in capitals: C7. */
  readonly well: string | null;
  readonly site: number | null;
  readonly timeHours: number | null;
  readonly channel: string | null;
  readonly replicate: string | null;
  readonly passage: number | null;
  readonly treatment: string | null;
  readonly dose: number | null;
  readonly doseUnit: string | null;
  readonly sample: string | null;
}

/** Values of a match as fields: wells written one way, times in hours, doses apart from their units. */
export function readFields(values: NameValues): NameFields {
  const dose = values.dose === undefined ? null : readDose(values.dose);
  return {
    line: values.line ?? null,
    plate: values.plate ?? null,
    well: values.well === undefined ? null : writeWell(values.well),
    site: values.site === undefined ? null : Number(values.site),
    timeHours: values.time === undefined ? null : readHours(values.time),
    channel: values.channel ?? null,
    replicate: values.replicate ?? null,
    passage: values.passage === undefined ? null : Number(values.passage),
    treatment: values.treatment ?? null,
    dose: dose?.dose ?? null,
    doseUnit: dose?.unit ?? null,
    sample: values.sample ?? null,
  };
}

/** A well in the one way that we write it: c07 → C7. Other text stays as it is. */
export function writeWell(text: string): string {
  const found = /^([A-Za-z]{1,2})0*([1-9]\d?)$/.exec(text.trim());
  return found === null ? text.trim() : `${(found[1] ?? '').toUpperCase()}${found[2]}`;
}

/** Hours of a time such as 01d04h00m, 28h, 90min, 2d or day2; a bare number counts as hours. Null where it is none. */
export function readHours(text: string): number | null {
  const whole = /^(\d+)d(\d+)h(?:(\d+)m)?$/i.exec(text);
  if (whole !== null) return rounded(24 * Number(whole[1]) + Number(whole[2]) + Number(whole[3] ?? 0) / 60);
  const found = /^(\d+(?:\.\d+)?)\s?([a-z]*)$/i.exec(text.replace(/^([a-z]+)\s?(\d+)$/i, '$2$1'));
  if (found === null) return null;
  const unit = (found[2] ?? '').toLowerCase();
  return rounded(Number(found[1]) * (unit.startsWith('d') ? 24 : unit.startsWith('m') ? 1 / 60 : 1));
}

function readDose(text: string): { dose: number; unit: string | null } | null {
  const found = /^(\d+(?:[.,]\d+)?)\s?(.*)$/su.exec(text);
  if (found === null) return null;
  const unit = (found[2] ?? '').trim().replace('-', '/');
  return { dose: Number((found[1] ?? '').replace(',', '.')), unit: unit === '' ? null : unit };
}

/** Minutes as parts of an hour, to a second. */
function rounded(hours: number): number {
  return Math.round(hours * 3600) / 3600;
}
