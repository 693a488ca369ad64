import { toMicrometres } from '../pixel-size.ts';
import { toSeconds } from '../time-unit.ts';

/** What ImageJ writes into the description of its TIFFs. */
export interface ImageJStack {
  readonly images: number;
  readonly channels: number;
  readonly slices: number;
  readonly frames: number;
  readonly unit: string;
  /** Seconds from frame to frame; null where nobody has set them. */
  readonly frameSeconds: number | null;
}

/** Reads "ImageJ=1.53c\nimages=6\nchannels=2\n…"; null if the text is not ImageJ's. */
export function parseImageJ(description: string): ImageJStack | null {
  if (!description.startsWith('ImageJ=')) return null;
  const values = new Map<string, string>();
  for (const line of description.split('\n')) {
    const at = line.indexOf('=');
    if (at > 0) values.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  const count = (key: string): number => {
    const value = Number(values.get(key) ?? 1);
    return Number.isInteger(value) && value >= 1 ? value : 1;
  };
  const images = count('images');
  const channels = count('channels');
  const frames = count('frames');
  // A plain stack says only `images`: its planes are slices.
  const rest = Math.floor(images / (channels * frames));
  const slices = values.has('slices') ? count('slices') : Math.max(1, rest);
  // ImageJ escapes what is not ASCII: \u00B5m.
  const unit = (values.get('unit') ?? '').replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const step = toSeconds(values.get('finterval') ?? '', values.get('tunit') ?? 'sec');
  const frameSeconds = step !== null && step > 0 ? step : null;
  return { images, channels, slices, frames, unit, frameSeconds };
}

/** ImageJ keeps the calibration in XResolution: pixels per `unit`. */
export function imageJPixelSize(stack: ImageJStack, pixelsPerUnit: number): number | null {
  const size = toMicrometres(1 / pixelsPerUnit, stack.unit);
  return stack.unit.startsWith('inch') && size !== null && size > 20 ? null : size;
}
