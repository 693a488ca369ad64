/** Bit of a label that says: nobody knows whether this is cell. */
export const UNDECIDED = 1 << 30;

/** A sample in the making, side `size`; reused from sample to sample. */
export interface Scene {
  readonly size: number;
  readonly channels: number;
  /** [C, size, size], calibrated. */
  readonly image: Float32Array;
  /** Bit k for type k; {@link UNDECIDED}; 0 background. */
  readonly labels: Int32Array;
  /** ≥ 0; 0 ignores the pixel. */
  readonly weight: Float32Array;
  /** Sure pixels of each type so far. */
  readonly areas: Float64Array;
  /** Local background under what is pasted, per channel. */
  readonly base: Float64Array;
  /** Share that each type has of a pixel that several cover. */
  readonly shares: Float64Array;
}

export function createScene(size: number, channels: number, types: number): Scene {
  return {
    size,
    channels,
    image: new Float32Array(channels * size * size),
    labels: new Int32Array(size * size),
    weight: new Float32Array(size * size),
    areas: new Float64Array(types),
    base: new Float64Array(channels),
    shares: new Float64Array(types).fill(1),
  };
}

/** Counts the sure pixels of each type. */
export function countAreas(scene: Scene): void {
  scene.areas.fill(0);
  for (const label of scene.labels) {
    if (label !== 0 && label !== UNDECIDED) scene.areas[31 - Math.clz32(label & ~UNDECIDED)]! += 1;
  }
}
