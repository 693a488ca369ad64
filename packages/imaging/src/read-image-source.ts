import type { FloatImage } from '@cellmixer/pixels';
import { choosePlane } from './choose-plane.ts';
import { type OpenImageOptions, openImage } from './open-image.ts';
import type { ReadOptions } from './opened-image.ts';

/** A picture that is opened anew at every `read`, so that thousands can be held at once. */
export interface ReadableImage {
  /** SHA-256 of the file; a plane other than the first adds `#t…z…`. */
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly maxValue: number;
  readonly pixelSizeUm: number | null;
  readonly sample: string | null;
  /** Native values, planar, unscaled. */
  read(): Promise<FloatImage>;
}

/** Reads the header of a file; the pixels come with `read()`. `sample` names the well, slide or patient. */
export async function readImageSource(
  path: string,
  options: OpenImageOptions & Pick<ReadOptions, 'time' | 'z'> & { readonly sample?: string } = {},
): Promise<ReadableImage> {
  const image = await openImage(path, options);
  try {
    const hash = await image.contentHash();
    const { time, z } = choosePlane(image.name, image.planes, options);
    const isFirst = image.planes[0]?.time === time && image.planes[0].z === z;
    return {
      id: isFirst ? hash : `${hash}#t${time}z${z}`,
      path,
      name: image.name,
      width: image.width,
      height: image.height,
      channels: image.channels,
      maxValue: image.maxValue,
      pixelSizeUm: image.pixelSizeUm,
      sample: options.sample ?? null,
      async read() {
        const again = await openImage(path, options);
        try {
          return await again.readFloat({ time, z });
        } finally {
          await again.close();
        }
      },
    };
  } finally {
    await image.close();
  }
}
