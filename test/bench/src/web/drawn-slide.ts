import { drawMixture } from '@cellmixer/demo-cultures';
import { type ClassMap, createRandom, type Raster } from '@cellmixer/pixels';

const pattern = 1024;

/** A picture as a camera of 16 bits would give it, with its class map. */
export interface DrawnSlide {
  readonly picture: Raster<Uint16Array>;
  readonly classMap: ClassMap;
}

/**
 * A picture of `side` × `side`: a drawn mixture of three lines, mirrored on and on, with noise of its own in every
 * pixel, so that it packs no better than a real one. No value is near black.
 */
export function drawSlide(side: number): DrawnSlide {
  const { image, types } = drawMixture({
    well: 50,
    field: 1,
    seed: 1,
    width: pattern,
    height: pattern,
    fractions: { cobble: 1, spindle: 1, star: 1 },
  });
  const noise = Float32Array.from({ length: 65_537 }, noiseOf('slide'));
  const data = new Uint16Array(side * side);
  const classes = new Uint8Array(side * side);
  for (let y = 0, i = 0; y < side; y++) {
    const row = mirror(y) * pattern;
    for (let x = 0; x < side; x++, i++) {
      const from = row + mirror(x);
      data[i] = 2000 + 40 * image.data[from]! + 60 * noise[i % noise.length]!;
      classes[i] = types.data[from]!;
    }
  }
  const size = { width: side, height: side };
  return { picture: { ...size, channels: 1, data }, classMap: { ...size, data: classes } };
}

function noiseOf(seed: string): () => number {
  const random = createRandom(seed);
  return () => random.normal();
}

function mirror(at: number): number {
  const place = at % (2 * pattern);
  return place < pattern ? place : 2 * pattern - 1 - place;
}
