import type { Layer } from '@deck.gl/core';
import { MultiscaleImageLayer } from '@vivjs/layers';
import { useMemo } from 'react';
import { MapLayer, type MapSources } from '../layers/map-layer.ts';
import type { MapTextures, MapTileSettings } from '../layers/map-tile.ts';
import { pictureLoader } from '../layers/picture-loader.ts';
import { StainExtension } from '../layers/stain-extension.ts';
import { outlineWidth, rgbOf } from '../palette.ts';
import { comparisons, type MapView } from '../state/view-state.ts';
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

/** The maps' layer; null where there are none. */
export function useMapLayer(
  sources: MapSources,
  textures: MapTextures | null,
  view: MapView,
  { ratio, width, selected }: { readonly ratio: number; readonly width: number; readonly selected: number },
  onTileError: (error: unknown) => void,
): Layer | null {
  const { classes, style, instances, unassigned, uncertainty, comparison, swipe } = view;
  const settings = useMemo<MapTileSettings>(
    () => ({
      outline: outlineWidth * ratio,
      casing: ratio,
      comparison: sources.other ? comparisons.indexOf(comparison) : 0,
      swipe: swipe * width * ratio,
      outlines: Number(style === 'outlines'),
      classes: Number(classes && sources.classes !== null),
      instances: Number(instances && sources.instances !== null),
      unassigned: Number(unassigned && sources.instances !== null),
      uncertainty: Number(uncertainty && sources.uncertainty !== null),
      selected: selected > 0 ? selectionWidth : 0,
      stripe: 5 * ratio,
    }),
    [sources, classes, style, instances, unassigned, uncertainty, comparison, swipe, ratio, width, selected],
  );
  return useMemo(() => {
    if (!textures || Object.values(sources).every((source) => source === null)) return null;
    return new MapLayer({ id: 'maps', sources, textures, settings, onTileError });
  }, [sources, textures, settings, onTileError]);
}
