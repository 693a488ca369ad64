import { type _Tile2DHeader as Tile, _Tileset2D as Tileset2D } from '@deck.gl/geo-layers';

/** The smallest level is always wanted, and first, so that nothing is bare while larger ones come. */
export class GroundedTileset extends Tileset2D {
  override getTileIndices(options: Parameters<Tileset2D['getTileIndices']>[0]) {
    const ground = { x: 0, y: 0, z: this.opts.minZoom ?? 0 };
    const others = super.getTileIndices(options).filter(({ z }) => z !== ground.z);
    return [ground, ...others];
  }
}

/**
 * Which tiles are drawn where none may lie over another because they are translucent. Wanted tiles that have come, each;
 * for one that is missing its nearest ancestor that is there, and then nothing else under that one; without an
 * ancestor what is there of its descendants.
 */
export function withoutOverlap(tiles: Tile[]): void {
  const smallest = Math.min(...tiles.map(({ index }) => index.z));
  const wanted = tiles.filter(({ isSelected, index }) => isSelected && index.z !== smallest);
  const ground = tiles.find(({ isSelected, index }) => isSelected && index.z === smallest);
  for (const tile of tiles) tile.isVisible = false;
  if (wanted.length === 0 && ground) ground.isVisible = true;
  for (const tile of wanted) {
    if (has(tile)) {
      tile.isVisible = true;
      continue;
    }
    let ancestor = tile.parent;
    while (ancestor && !has(ancestor)) ancestor = ancestor.parent;
    if (ancestor) ancestor.isVisible = true;
    else showDescendants(tile);
  }
  for (const tile of tiles) if (hasVisibleAncestor(tile)) tile.isVisible = false;
}

function has(tile: Tile): boolean {
  return tile.content !== null && tile.content !== undefined;
}

function showDescendants(tile: Tile): void {
  for (const child of tile.children ?? []) {
    if (has(child)) child.isVisible = true;
    else showDescendants(child);
  }
}

function hasVisibleAncestor({ parent }: Tile): boolean {
  return parent !== null && (parent.isVisible || hasVisibleAncestor(parent));
}
