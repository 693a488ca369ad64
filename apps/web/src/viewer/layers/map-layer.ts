import { CompositeLayer, type CompositeLayerProps, type DefaultProps } from '@deck.gl/core';
import { TileLayer } from '@deck.gl/geo-layers';
import type { Pyramid } from '../source/pyramid.ts';
import type { Samples } from '../source/samples.ts';
import { edgeDistance } from './edge-distance.ts';
import { GroundedTileset, withoutOverlap } from './grounded-tileset.ts';
import { type MapTextures, MapTile, type MapTileData, type MapTileSettings } from './map-tile.ts';
import { regionsOf } from './regions.ts';

/** The maps over one picture; all of its size. */
export interface MapSources {
  readonly classes: Pyramid | null;
  /** A second class map, to compare the first with. */
  readonly other: Pyramid | null;
  readonly instances: Pyramid | null;
  readonly uncertainty: Pyramid | null;
}

interface MapLayerProps {
  readonly sources: MapSources;
  readonly textures: MapTextures;
  readonly settings: MapTileSettings;
  readonly onTileError: (error: unknown) => void;
  readonly onViewportLoad: () => void;
}

/** Texels around a tile: as far as an outline with its casing reaches where a level is shown smallest. */
const apron = 6;

/** Class map, instances and uncertainty over a picture, in tiles. */
export class MapLayer extends CompositeLayer<MapLayerProps> {
  static override layerName = 'MapLayer';
  static override defaultProps: DefaultProps<CompositeLayerProps & MapLayerProps> = {
    sources: { type: 'object', value: null as unknown as MapSources, compare: false },
    textures: { type: 'object', value: null as unknown as MapTextures, compare: false },
    settings: { type: 'object', value: null as unknown as MapTileSettings, compare: false },
    onTileError: { type: 'function', value: () => {} },
    onViewportLoad: { type: 'function', value: () => {} },
  };

  override renderLayers() {
    const { sources, textures, settings, onTileError, onViewportLoad } = this.props;
    const pyramid = sources.classes ?? sources.other ?? sources.instances ?? sources.uncertainty;
    if (!pyramid) return null;
    return new TileLayer<MapTileData | null>(this.getSubLayerProps({ id: 'tiles' }), {
      TilesetClass: GroundedTileset,
      tileSize: pyramid.tileSize,
      extent: [0, 0, pyramid.width, pyramid.height],
      minZoom: 1 - pyramid.levels.length,
      maxZoom: 0,
      maxCacheSize: 96,
      maxRequests: 8,
      refinementStrategy: withoutOverlap,
      onTileError,
      onViewportLoad,
      updateTriggers: { getTileData: [sources], renderSubLayers: [settings, textures] },
      getTileData: async ({ index, signal }) => await readTile(pyramid, sources, index, signal),
      renderSubLayers: ({ id, data, tile }) => {
        if (!data) return null;
        const { left, top } = tile.bbox as { left: number; top: number };
        const scale = 2 ** -tile.index.z;
        return new MapTile({
          id,
          bounds: [left, top + data.height * scale, left + data.width * scale, top],
          maps: data,
          textures,
          settings,
        });
      },
    });
  }
}

async function readTile(
  pyramid: Pyramid,
  sources: MapSources,
  { x, y, z }: { readonly x: number; readonly y: number; readonly z: number },
  signal: AbortSignal | undefined,
): Promise<MapTileData | null> {
  const level = -z;
  const size = pyramid.levels[level];
  if (!size || x < 0 || y < 0) return null;
  const side = pyramid.tileSize;
  const width = Math.min(side, size.width - x * side);
  const height = Math.min(side, size.height - y * side);
  if (width <= 0 || height <= 0) return null;
  const window = [
    x * side - apron,
    y * side - apron,
    x * side + width + apron,
    y * side + height + apron,
  ] as const;
  const read = async (source: Pyramid | null): Promise<Samples | null> =>
    source === null ? null : (await source.window(level, window, signal)).data;
  const [classes, other, instances, uncertainty] = await Promise.all([
    read(sources.classes),
    read(sources.other),
    read(sources.instances),
    read(sources.uncertainty),
  ]);
  return {
    width,
    height,
    apron,
    classes: regionsOf(classes, instances),
    other: regionsOf(other, instances),
    instances,
    uncertainty,
    edges: edgeDistance([classes, other, instances], width + 2 * apron, height + 2 * apron),
  };
}
