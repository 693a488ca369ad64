import type { PixelData, Raster } from '@cellmixer/pixels';
import type { SourceLocation } from '../byte-source.ts';
import type { ImageLimits } from '../image-limits.ts';
import type { Region } from '../opened-image.ts';
import type { TiffDescription, Treatment } from '../tiff/describe-tiff.ts';
import type { PlanePart } from '../tiff/tiff-layout.ts';

interface JobBase {
  readonly source: SourceLocation;
  readonly name: string;
  readonly limits: ImageLimits;
}

export interface DescribeJob extends JobBase {
  readonly kind: 'describe';
  readonly stored: boolean;
}

export interface ReadJob extends JobBase {
  readonly kind: 'read';
  readonly parts: readonly PlanePart[];
  readonly region: Region;
  readonly treatment: Treatment;
}

export type DecodeJob = DescribeJob | ReadJob;

/** What a thread answers: what the job asked for, or the fault in words that can cross threads. */
export type DecodeReply =
  | { readonly kind: 'described'; readonly description: TiffDescription }
  | { readonly kind: 'read'; readonly raster: Raster<PixelData> }
  | { readonly kind: 'failed'; readonly fault: Fault };

export interface Fault {
  readonly code: 'IMAGE_UNREADABLE' | 'IMAGE_UNSUPPORTED' | 'IMAGE_TOO_LARGE' | 'INVALID_ARGUMENT';
  readonly message: string;
  readonly cure: string | undefined;
  readonly cause: string | undefined;
}
