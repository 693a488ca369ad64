import { CellMixerError } from '@cellmixer/errors';
import {
  dilateBits,
  erodeBits,
  fillHoles,
  type Mask,
  type Plane,
  packMask,
  removeSmallObjects,
  type Trimap,
  unpackMask,
} from '@cellmixer/pixels';
import type { ForegroundParameters, ForegroundQuality } from '../contracts.ts';
import { judgeForeground } from './judge-foreground.ts';
import type { Background } from './measure-background.ts';
import { resolveFeature } from './parameters.ts';

/** A rectangle in native pixels. */
export interface ForegroundRegion {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ForegroundMask {
  readonly trimap: Trimap;
  /** 1 where a cell is. */
  readonly mask: Mask;
  readonly quality: ForegroundQuality;
}

/**
 * A border pixel's deviation is lent by its neighbour: it counts only from this share of the strongest nearby.
 * Found on phase contrast; 0.35–0.45 do nearly as well (docs/method.md).
 */
const BORDER_SHARE = 0.4;
/** What a disk of this radius does not fit into is no part of a cell: hairs, threads of debris. */
const OPENING_RADIUS = 2;
/** In a trimap. */
const UNDECIDED = 255;

/**
 * Makes the mask and the trimap of a picture, or of a region of it (then both have the region's size). Cheap
 * enough for sliders.
 *
 * @throws CellMixerError INVALID_ARGUMENT where the parameters ask for another feature or deviation than measured,
 * or the region leaves the picture.
 */
export function makeMask(
  background: Background,
  parameters: ForegroundParameters,
  region?: ForegroundRegion,
): ForegroundMask {
  requireMeasured(background, parameters);
  const margin = Math.ceil(
    2 * (parameters.closingRadius + parameters.borderErosion + parameters.undecidedBand) + 8,
  );
  const frame = region
    ? widen(background, region, margin)
    : { x: 0, y: 0, width: background.width, height: background.height };
  const plane = crop(background.plane, frame);
  const nearby = background.nearby === null ? null : crop(background.nearby, halved(frame));
  const level = thresholdOf(background, parameters);
  const mask = background.confluent
    ? { width: frame.width, height: frame.height, data: new Uint8Array(frame.width * frame.height) }
    : shape(aboveThreshold(plane, nearby, level), parameters, nearby !== null);
  const trimap = background.confluent ? undecided(mask) : trimapOf(mask, parameters.undecidedBand);
  const quality = judgeForeground(background, plane, mask, level);
  if (!region) return { mask, trimap, quality };
  const inside = { ...region, x: region.x - frame.x, y: region.y - frame.y };
  return { mask: cropBytes(mask, inside), trimap: cropBytes(trimap, inside), quality };
}

/** The threshold on `background.plane` that the parameters choose. */
export function thresholdOf(background: Background, parameters: ForegroundParameters): number {
  const { threshold, sensitivity } = parameters;
  if (threshold === 'mode') return sensitivity * background.spread;
  return background.thresholds[threshold];
}

function aboveThreshold(plane: Plane, nearby: Plane | null, level: number): Mask {
  const { width, height, data } = plane;
  const out = new Uint8Array(data.length);
  if (nearby === null) for (let i = 0; i < out.length; i++) out[i] = data[i]! > level ? 1 : 0;
  else {
    const strongest = nearby.data;
    for (let y = 0; y < height; y++) {
      const o = y * width;
      const near = (y >> 1) * nearby.width;
      for (let x = 0; x < width; x++) {
        const v = data[o + x]!;
        if (v > level && v > BORDER_SHARE * strongest[near + (x >> 1)]!) out[o + x] = 1;
      }
    }
  }
  return { width, height, data: out };
}

function shape(raw: Mask, parameters: ForegroundParameters, openHairs: boolean): Mask {
  const { closingRadius, maxHoleArea, borderErosion, minObjectArea } = parameters;
  const closed = erodeBits(dilateBits(packMask(raw), closingRadius), closingRadius);
  let mask = packMask(fillHoles(unpackMask(closed), maxHoleArea));
  if (borderErosion > 0) mask = erodeBits(mask, borderErosion);
  if (openHairs) mask = dilateBits(erodeBits(mask, OPENING_RADIUS), OPENING_RADIUS);
  return removeSmallObjects(unpackMask(mask), minObjectArea);
}

function trimapOf(mask: Mask, band: number): Trimap {
  const packed = packMask(mask);
  const { data } = unpackMask(dilateBits(packed, band));
  const sure = unpackMask(erodeBits(packed, band)).data;
  for (let i = 0; i < data.length; i++) if (data[i] === 1 && sure[i] === 0) data[i] = UNDECIDED;
  return { ...mask, data };
}

function undecided(mask: Mask): Trimap {
  return { ...mask, data: new Uint8Array(mask.data.length).fill(UNDECIDED) };
}

function requireMeasured(background: Background, parameters: ForegroundParameters): void {
  const feature = resolveFeature(parameters.feature, background.modality);
  if (feature !== background.feature) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `feature is ${feature}, but the background was measured by ${background.feature}`,
      {
        cure: 'Measure the background again with this feature.',
      },
    );
  }
  if (feature === 'deviation' && parameters.deviationSigma !== background.deviationSigma) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `deviationSigma is ${parameters.deviationSigma}, but the background was measured with ${background.deviationSigma}`,
      { cure: 'Measure the background again with this deviationSigma.' },
    );
  }
}

function widen(background: Background, region: ForegroundRegion, margin: number): ForegroundRegion {
  const { x, y, width, height } = region;
  const whole = [x, y, width, height].every(Number.isInteger);
  if (
    !whole ||
    x < 0 ||
    y < 0 ||
    width < 1 ||
    height < 1 ||
    x + width > background.width ||
    y + height > background.height
  ) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `region ${width}×${height} at ${x},${y} leaves the picture of ${background.width}×${background.height}`,
      { cure: 'Choose a rectangle of whole pixels inside the picture.' },
    );
  }
  // Even corners, so that the grid of half the size is cut between its pixels.
  const x0 = Math.max(0, x - margin) & ~1;
  const y0 = Math.max(0, y - margin) & ~1;
  return {
    x: x0,
    y: y0,
    width: Math.min(background.width, x + width + margin) - x0,
    height: Math.min(background.height, y + height + margin) - y0,
  };
}

/** The same frame on a grid of half the size. */
function halved({ x, y, width, height }: ForegroundRegion): ForegroundRegion {
  return { x: x >> 1, y: y >> 1, width: (width + 1) >> 1, height: (height + 1) >> 1 };
}

function crop(plane: Plane, { x, y, width, height }: ForegroundRegion): Plane {
  if (width === plane.width && height === plane.height) return plane;
  const data = new Float32Array(width * height);
  for (let r = 0; r < height; r++) {
    const o = (y + r) * plane.width + x;
    data.set(plane.data.subarray(o, o + width), r * width);
  }
  return { width, height, data };
}

function cropBytes(mask: Mask, { x, y, width, height }: ForegroundRegion): Mask {
  const data = new Uint8Array(width * height);
  for (let r = 0; r < height; r++) {
    const o = (y + r) * mask.width + x;
    data.set(mask.data.subarray(o, o + width), r * width);
  }
  return { width, height, data };
}
