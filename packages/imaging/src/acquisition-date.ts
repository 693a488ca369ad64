import { openByteSource } from './byte-source.ts';
import { type TiffDirectory, TiffFile } from './tiff/tiff-directory.ts';
import { tags } from './tiff/tiff-tags.ts';

/** When a picture was taken, and what says so. */
export interface AcquisitionDate {
  /** A clock without a time zone is read as UTC. */
  readonly at: Date;
  /** `exposure`: the date of the taking itself; `file`: a TIFF's own date, which many programs write anew as they save. */
  readonly from: 'exposure' | 'file';
}

/** Clocks that were never set begin here or before. */
const EARLIEST = Date.UTC(1980, 0, 2);

/**
 * When a picture was taken, as XML writes it: `2016-03-01T14:05:09.25+01:00`. Without a zone it is the clock of the
 * microscope, read as if it were UTC. Null where it is no date, or one before there were such files.
 */
export function dateOfXml(text: string): Date | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text.trim());
  return found === null ? null : dateOf(found.slice(1, 7), found[7], found[8]);
}

/** As TIFF 6.0 and EXIF write it: `2016:03:01 14:05:09`; some write dashes, or the day without separators. */
export function dateOfTiff(text: string, zone = ''): Date | null {
  const found = /^(\d{4})[:/-]?(\d\d)[:/-]?(\d\d)[ T](\d\d):(\d\d):(\d\d)(\.\d+)?$/.exec(text.trim());
  return found === null ? null : dateOf(found.slice(1, 7), found[7], zone.trim());
}

/** The moment of exposure that EXIF has in a TIFF, else the TIFF's own date. */
export function dateOfDirectory(file: TiffFile, directory: TiffDirectory): AcquisitionDate | null {
  try {
    const at = directory.number(tags.exif);
    const exif = at === undefined ? undefined : file.directory(at);
    const exposed =
      exif && dateOfTiff(exif.text(tags.exposedAt, LONGEST), exif.text(tags.exposedZone, LONGEST));
    if (exposed) return { at: exposed, from: 'exposure' };
    const written = dateOfTiff(directory.text(tags.dateTime, LONGEST));
    return written && { at: written, from: 'file' };
  } catch {
    // A picture is not refused for a date that nobody can read.
    return null;
  }
}

/** The same of the EXIF block of a PNG, JPEG or WebP. */
export function dateOfExif(block: Uint8Array): AcquisitionDate | null {
  const isMarked = block[0] === 0x45 && block[1] === 0x78;
  try {
    const file = new TiffFile(openByteSource({ bytes: isMarked ? block.subarray(6) : block }, 'EXIF'));
    return dateOfDirectory(file, file.directory(file.firstDirectory));
  } catch {
    return null;
  }
}

/** Characters of a date. */
const LONGEST = 64;

function dateOf(parts: readonly string[], fraction = '', zone = ''): Date | null {
  const [year, month, day, hour, minute, second] = parts.map(Number) as [number, number, number, ...number[]];
  const written = Date.UTC(year, month - 1, day, hour, minute, second, 1000 * Number(`0${fraction}`));
  // The 31st of June would be the 1st of July.
  const isDate = month >= 1 && month <= 12 && new Date(written).getUTCDate() === day && (hour ?? 0) < 24;
  if (!isDate || written < EARLIEST) return null;
  const offset = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  const ahead =
    offset === null ? 0 : (offset[1] === '-' ? -1 : 1) * (60 * Number(offset[2]) + Number(offset[3]));
  return new Date(written - ahead * 60_000);
}
