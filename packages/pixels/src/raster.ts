/** Anything that can hold the values of pixels. */
export type PixelData =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** A picture, planar: `data[(channel * height + y) * width + x]`. */
export interface Raster<D extends PixelData = PixelData> {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: D;
}

/** A picture of float values, planar. */
export type FloatImage = Raster<Float32Array>;

/** One channel of float values: `data[y * width + x]`. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** 1 inside, 0 outside. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** 0 background, 1… objects. */
export interface LabelMap {
  readonly width: number;
  readonly height: number;
  readonly data: Int32Array;
}

/** 0 background, 1…K cell types, 255 ignored. */
export interface ClassMap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** 0 sure background, 1 sure cell, 255 undecided. */
export interface Trimap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export function createPlane(width: number, height: number): Plane {
  return { width, height, data: new Float32Array(width * height) };
}

/** Channel `channel` of a float image as a view (not a copy). */
export function planeOf(image: FloatImage, channel: number): Plane {
  const size = image.width * image.height;
  return {
    width: image.width,
    height: image.height,
    data: image.data.subarray(channel * size, (channel + 1) * size),
  };
}
