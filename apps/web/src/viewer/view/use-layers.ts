import type { Layer } from '@deck.gl/core';
import { MultiscaleImageLayer } from '@vivjs/layers';
import { useMemo } from 'react';
import { MapLayer, type MapSources } from '../layers/map-layer.ts';
import type { MapFeatures } from '../layers/map-shader.ts';
import type { MapTextures, MapTileSettings } from '../layers/map-tile.ts';
import { pictureLoader } from '../layers/picture-loader.ts';
import { flags, unassigned as unassignedNumber } from '../layers/regions.ts';
import { StainExtension } from '../layers/stain-extension.ts';
import { type ClassColour, outlineWidth, rgbOf } from '../palette.ts';
import type { ClassView, MapView } from '../state/view-state.ts';
import { type DrawnChannel, mostChannels } from './channels.ts';
import { selectionWidth } from './use-map-textures.ts';
import type { OpenPicture } from './use-pyramids.ts';

const extensions = [new StainExtension()];

/** The picture's layer; null until it is open. */
export function usePictureLayer(
  open: OpenPicture | null,
  channels: readonly DrawnChannel[],
  onTileError: (error: unknown) => void,
): Layer | null {
  const loader = useMemo(() => (open ? pictureLoader(open.pyramid, onTileError) : null), [open, onTileError]);
  const shown = useMemo(() => channels.filter((channel) => channel.shown).slice(0, mostChannels), [channels]);
  const chosen = shown.map(({ index }) => index).join();
  // A new list makes Viv fetch anew, so that it must only change with the channels that are shown.
  const selections = useMemo(
    () => (chosen === '' ? [] : chosen.split(',').map((index) => ({ c: Number(index) }))),
    [chosen],
  );
  // The same layer as long as nothing has changed: a new one would be drawn anew.
  return useMemo(() => {
    if (!loader || selections.length === 0) return null;
    const properties = {
      id: 'picture',
      loader,
      selections,
      contrastLimits: shown.map(({ range }) => [range.black, range.white]),
      channelsVisible: shown.map(() => true),
      stains: shown.map(({ colour }) => rgbOf(colour).map((value) => value / 255)),
      gammas: shown.map(({ gamma }) => gamma),
      extensions,
      pickable: false,
      maxCacheSize: 96,
      onTileError,
    };
    // Viv's types know the properties of its own extensions only.
    const given: unknown = properties;
    return new MultiscaleImageLayer(given as ConstructorParameters<typeof MultiscaleImageLayer>[0]) as Layer;
  }, [loader, selections, shown, onTileError]);
}

interface MapFacts {
  readonly colours: readonly ClassColour[];
  readonly classViews: readonly ClassView[];
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  /** CSS pixels. */
  readonly width: number;
  /** How many objects are chosen. */
  readonly selected: number;
}

/** The maps' layer; null where there are none. */
export function useMapLayer(
  sources: MapSources,
  textures: MapTextures | null,
  view: MapView,
  { colours, classViews, ratio, width, selected }: MapFacts,
  onTileError: (error: unknown) => void,
): Layer | null {
  const { classes, style, instances, unassigned, uncertainty, comparison, swipe } = view;
  const seen = useMemo(() => {
    const all = style === 'outlines' || (instances && sources.instances !== null);
    const shown = colours.flatMap((_, i) => (classViews[i]?.shown ? [i + 1] : []));
    if (unassigned) shown.push(unassignedNumber);
    const outlined = shown.filter((number) =>
      number === unassignedNumber ? sources.instances !== null : all || colours[number - 1]?.outlined,
    );
    return { shown: flags(shown), outlined: flags(outlined), outlines: outlined.length > 0 };
  }, [sources, style, instances, unassigned, colours, classViews]);
  const features = useMemo<MapFeatures>(
    () => ({
      classes: classes && sources.classes !== null,
      filled: style === 'fill',
      outlines: seen.outlines,
      instances: instances && sources.instances !== null,
      comparison: sources.other ? comparison : 'first',
      uncertainty: uncertainty && sources.uncertainty !== null,
      selection: selected > 0 && sources.instances !== null,
    }),
    [sources, seen.outlines, classes, style, instances, comparison, uncertainty, selected],
  );
  const settings = useMemo<MapTileSettings>(
    () => ({
      features,
      uniforms: {
        outline: outlineWidth * ratio,
        casing: ratio,
        swipe: swipe * width * ratio,
        selected: selectionWidth,
        stripe: 5 * ratio,
        shownLow: [...seen.shown.subarray(0, 4)],
        shownHigh: [...seen.shown.subarray(4)],
        outlinedLow: [...seen.outlined.subarray(0, 4)],
        outlinedHigh: [...seen.outlined.subarray(4)],
      },
    }),
    [features, seen, swipe, ratio, width],
  );
  return useMemo(() => {
    if (!textures || Object.values(sources).every((source) => source === null)) return null;
    return new MapLayer({ id: 'maps', sources, textures, settings, onTileError });
  }, [sources, textures, settings, onTileError]);
}
