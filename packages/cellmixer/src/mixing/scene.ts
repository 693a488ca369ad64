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
  for (const label of scene.labels) countLabel(scene, label, 1);
}

/** Adds a pixel to the areas of all types that its label names, or takes it away. */
export function countLabel(scene: Scene, label: number, change: 1 | -1): void {
  if ((label & UNDECIDED) !== 0) return;
  for (let left = label, k = 0; left !== 0; left >>= 1, k++) if ((left & 1) !== 0) scene.areas[k]! += change;
}
