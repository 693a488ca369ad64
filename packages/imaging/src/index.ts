export { encodeJpeg, encodePng, encodeWebp } from './encode.ts';
export { encodeClassMap } from './encode-class-map.ts';
export { encodeLabels } from './encode-labels.ts';
export { defaultImageLimits, type ImageLimits } from './image-limits.ts';
export { listImages } from './list-images.ts';
export { type OpenImageOptions, openImage } from './open-image.ts';
export type {
  ImageFormat,
  OpenedImage,
  PlaneIndex,
  ReadOptions,
  Region,
  SampleDepth,
} from './opened-image.ts';
export { readFloatImage } from './read-float-image.ts';
export { type ReadableImage, readImageSource } from './read-image-source.ts';
export { readClassMap, readLabelMap } from './read-label-map.ts';
export { maximumOfPlanes } from './stack/maximum-of-planes.ts';
export { sharpestPlane } from './stack/sharpest-plane.ts';
export type { Reduction } from './writing/halve.ts';
export { makeThumbnail, type ThumbnailOptions } from './writing/make-thumbnail.ts';
export type {
  OmeTiffContent,
  OmeTiffOptions,
  PyramidPicture,
  WrittenPyramid,
} from './writing/pyramid-options.ts';
export { writeWholeFile } from './writing/whole-file.ts';
export { type LabelPyramidOptions, writeLabelPyramid } from './writing/write-label-pyramid.ts';
export { encodeOmeTiffPyramid, writeOmeTiffPyramid } from './writing/write-ome-tiff-pyramid.ts';
