import type { FloatImage, Raster } from '@cellmixer/pixels';
import type { AcquisitionDate } from './acquisition-date.ts';

export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'tiff' | 'ome-tiff' | 'imagej-tiff';

/** How a sample is stored in the file. */
export interface SampleDepth {
  readonly bits: 8 | 16 | 32 | 64;
  readonly kind: 'uint' | 'int' | 'float';
}

/** Where a plane stands in a time series or a stack; both count from 0. */
export interface PlaneIndex {
  readonly time: number;
  readonly z: number;
}

/** A rectangle in native pixels, its upper left corner included. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ReadOptions {
  /** Time point, from 0. */
  readonly time?: number;
  /** Slice of a stack, from 0. */
  readonly z?: number;
  /** Only this part of the plane; the whole plane if absent. */
  readonly region?: Region;
}

/** What the header of a picture says, and how to get at its pixels. */
export interface OpenedImage {
  /** For people: the file's name without its folder. */
  readonly name: string;
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
  /** Channels that `read` gives: alpha is dropped, palettes are expanded, grey stored as RGB is 1. */
  readonly channels: number;
  readonly depth: SampleDepth;
  /**
   * Largest storable value: 255, 4,095, 65,535 … For float pictures the smallest of 1 and 65,535 that no value
   * of the first plane exceeds, else its largest value.
   */
  readonly maxValue: number;
  /** Micrometres per pixel, or null where the file does not say. */
  readonly pixelSizeUm: number | null;
  /** When the picture was taken: OME-XML's AcquisitionDate, EXIF, or a TIFF's own date. Null where the file does not say. */
  readonly acquired: AcquisitionDate | null;
  /** True where the file holds three equal channels and `read` gives one. */
  readonly greyAsRgb: boolean;
  /** Every plane that can be read, time by time and slice by slice. */
  readonly planes: readonly PlaneIndex[];
  /** Pages (directories) of the file; 1 for PNG, JPEG and WebP. */
  readonly pages: number;
  /** Names of the channels where the file gives them. */
  readonly channelNames: readonly (string | null)[];
  /** Seconds of every time point after the first, by its index; empty where the file does not say. */
  readonly secondsByTime: readonly number[];
  /** Whether the file says what its planes are to each other; else its pages were taken as time points. */
  readonly isNamed: boolean;
  /** Pictures (series) in the file, of which the first alone can be read; a scanner's label does not count. */
  readonly pictures: number;
  /** What a person should know about how the file was understood; empty when all is plain. */
  readonly notes: readonly string[];
  /** One plane in the type of the file, planar. The first plane if nothing is said. */
  read(options?: ReadOptions): Promise<Raster>;
  /** One plane as float32, unscaled. */
  readFloat(options?: ReadOptions): Promise<FloatImage>;
  /** SHA-256 of the file's bytes, hexadecimal. */
  contentHash(): Promise<string>;
  close(): Promise<void>;
}
