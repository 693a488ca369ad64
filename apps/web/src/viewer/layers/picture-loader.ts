import type { Pyramid } from '../source/pyramid.ts';

interface TileRequest {
  readonly x: number;
  readonly y: number;
  readonly selection: { readonly c: number };
  readonly signal?: AbortSignal;
}

/** What Viv throws and understands where a tile is no longer wanted. */
const stopped = '__vivSignalAborted';

/** The levels of a pyramid as Viv's layers ask for them, the full resolution first. */
export function pictureLoader(pyramid: Pyramid, onTileError: (error: unknown) => void) {
  return pyramid.levels.map((size, level) => ({
    shape: [pyramid.channels, size.height, size.width],
    labels: ['c', 'y', 'x'],
    dtype: pyramid.kind.charAt(0).toUpperCase() + pyramid.kind.slice(1),
    tileSize: pyramid.tileSize,
    onTileError,
    async getTile({ x, y, selection, signal }: TileRequest) {
      try {
        return await pyramid.block(level, x, y, selection.c, signal);
      } catch (error) {
        throw signal?.aborted ? stopped : error;
      }
    },
    async getRaster({ selection, signal }: TileRequest) {
      try {
        return await pyramid.block(level, 0, 0, selection.c, signal);
      } catch (error) {
        // Nobody waits for the ground under the tiles: its absence must not become an unhandled rejection.
        if (!signal?.aborted) onTileError(error);
        throw stopped;
      }
    },
  }));
}
