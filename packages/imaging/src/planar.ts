import type { PixelData } from '@cellmixer/pixels';

/** Pixel by pixel → channel by channel; the first `channels` of `stride` values of every pixel are kept. */
export function planarFromInterleaved<D extends PixelData>(
  from: PixelData,
  to: D,
  channels: number,
  stride: number,
): D {
  const size = to.length / channels;
  for (let channel = 0; channel < channels; channel++) {
    for (let i = channel * size, end = i + size, at = channel; i < end; i++, at += stride) to[i] = from[at]!;
  }
  return to;
}

/** Channel by channel → pixel by pixel. */
export function interleavedFromPlanar<D extends PixelData>(from: PixelData, to: D, channels: number): D {
  const size = to.length / channels;
  for (let channel = 0; channel < channels; channel++) {
    for (let i = channel * size, end = i + size, at = channel; i < end; i++, at += channels)
      to[at] = from[i]!;
  }
  return to;
}
