import { fillOpacity, type Hex } from '../palette.ts';
import type { Camera } from './camera.ts';
import type { Contrast } from './contrast.ts';

/** How one channel is shown. */
export interface ChannelView {
  readonly shown: boolean;
  readonly colour: Hex;
  /** Null: found from the picture, or the set's where one is given. */
  readonly contrast: Contrast | null;
  /** 1 is straight; below it dark parts become lighter. */
  readonly gamma: number;
}

export interface ClassView {
  readonly shown: boolean;
  /** Of its fill, 0…1. */
  readonly opacity: number;
}

/** Which of two class maps is shown, and how both are set against each other. */
export type Comparison = 'first' | 'second' | 'swipe' | 'disagreement';

export const comparisons: readonly Comparison[] = ['first', 'second', 'swipe', 'disagreement'];

/** How the maps over a picture are shown. */
export interface MapView {
  /** Classes at all. */
  readonly classes: boolean;
  readonly style: 'fill' | 'outlines';
  /** Every object by itself, not only every area of one class. */
  readonly instances: boolean;
  readonly unassigned: boolean;
  readonly uncertainty: boolean;
  readonly comparison: Comparison;
  /** Where the swipe's edge stands, 0 left … 1 right. */
  readonly swipe: number;
}

/** All that a deep link keeps. */
export interface ViewState {
  /** Null: the whole picture. */
  readonly camera: Camera | null;
  /** One for each channel; shorter where the link knew fewer. */
  readonly channels: readonly ChannelView[];
  /** One for each class from class 1 on; those that are missing are as `usualClass`. */
  readonly classes: readonly ClassView[];
  readonly maps: MapView;
}

export const usualClass: ClassView = { shown: true, opacity: fillOpacity };

export const usualMaps: MapView = {
  classes: true,
  style: 'fill',
  instances: false,
  unassigned: true,
  uncertainty: false,
  comparison: 'first',
  swipe: 0.5,
};

export const usualView: ViewState = { camera: null, channels: [], classes: [], maps: usualMaps };

/** The list with one entry changed; gaps before it are filled. */
export function changeAt<T>(list: readonly T[], at: number, usual: T, change: Partial<T>): T[] {
  const filled = Array.from({ length: Math.max(list.length, at + 1) }, (_, i) => list[i] ?? usual);
  filled[at] = { ...filled[at]!, ...change };
  return filled;
}
