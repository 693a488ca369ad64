export { type BitMask, packMask, unpackMask } from './bit-mask.ts';
export { type Block, blocksOf, type Rect } from './blocks.ts';
export type { BorderMode } from './borders.ts';
export { boxMean } from './box.ts';
export { type Connectivity, connectedComponents } from './components.ts';
export { type Contrast, contrastOf, toBytes } from './contrast.ts';
export { distanceTransform, nearestLabel } from './distance.ts';
export { drawTypes } from './draw-types.ts';
export { type GaussianOptions, gaussian } from './gaussian.ts';
export { type Histogram, histogram } from './histogram.ts';
export { clearBorder, fillHoles, removeSmallObjects } from './holes-and-objects.ts';
export { LabelStitcher, type StitchOptions } from './label-stitcher.ts';
export { li } from './li.ts';
export { localDeviation } from './local-deviation.ts';
export { type BlobScale, laplacianOfGaussianScale } from './log-scale.ts';
export { type ModeThreshold, modeThreshold } from './mode-threshold.ts';
export { close, dilate, dilateBits, erode, erodeBits, open } from './morphology.ts';
export { type NormalisedConvolutionOptions, normalisedConvolution } from './normalised-convolution.ts';
export { otsu } from './otsu.ts';
export { type OverlayOptions, overlay, type Rgb, renderClassMap, typePalette } from './palette.ts';
export { peakMarkers } from './peaks.ts';
export { createRandom, type Random } from './random.ts';
export * from './raster.ts';
export { type Region, regionProperties } from './region-properties.ts';
export { resampleArea, resampleLabels, resampleMaskArea } from './resample.ts';
export {
  estimateStains,
  HAEMATOXYLIN_EOSIN_DAB,
  opticalDensity,
  type StainEstimateOptions,
  type StainMatrix,
  type StainOptions,
  separateStains,
} from './stain.ts';
export { type BlockSize, stitchLabels } from './stitch-labels.ts';
export { triangle } from './triangle.ts';
export { type Affine, type WarpOptions, warpAffine } from './warp.ts';
export { watershed } from './watershed.ts';
