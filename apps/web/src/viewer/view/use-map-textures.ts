import type { Device } from '@luma.gl/core';
import { useEffect, useMemo } from 'react';
import type { MapTextures } from '../layers/map-tile.ts';
import { unassigned } from '../layers/regions.ts';
import { type ClassColour, cividisAt, rgbOf, unassignedColour } from '../palette.ts';
import type { ClassView } from '../state/view-state.ts';

export const selectionWidth = 1024;

/** Colours, the scale of uncertainty and the chosen objects as textures; freed when they change. */
export function useMapTextures(
  device: Device | null,
  colours: readonly ClassColour[],
  classes: readonly ClassView[],
  showUnassigned: boolean,
  selected: readonly number[],
): MapTextures | null {
  const palette = useMemo(() => {
    const data = new Uint8Array(256 * 4);
    const put = (number: number, hex: string, opacity: number): void =>
      data.set([...rgbOf(hex), Math.round(255 * opacity)], 4 * number);
    colours.forEach(({ colour }, i) => {
      const { shown, opacity } = classes[i] ?? { shown: false, opacity: 0 };
      put(i + 1, colour, shown ? opacity : 0);
    });
    put(unassigned, unassignedColour, showUnassigned ? 0.2 : 0);
    return (
      device?.createTexture({ width: 256, height: 1, data, format: 'rgba8uint', sampler: nearest }) ?? null
    );
  }, [device, colours, classes, showUnassigned]);
  const scale = useMemo(() => {
    const data = Uint8Array.from(Array.from({ length: 256 }, (_, i) => [...cividisAt(i / 255), 255]).flat());
    return (
      device?.createTexture({ width: 256, height: 1, data, format: 'rgba8uint', sampler: nearest }) ?? null
    );
  }, [device]);
  const selection = useMemo(() => {
    const most = selected.reduce((a, b) => Math.max(a, b), 0);
    const height = Math.floor(most / selectionWidth) + 1;
    const data = new Uint8Array(selectionWidth * height);
    for (const label of selected) data[label] = 1;
    return (
      device?.createTexture({ width: selectionWidth, height, data, format: 'r8uint', sampler: nearest }) ??
      null
    );
  }, [device, selected]);
  useEffect(() => () => palette?.destroy(), [palette]);
  useEffect(() => () => scale?.destroy(), [scale]);
  useEffect(() => () => selection?.destroy(), [selection]);
  return useMemo(
    () => (palette && scale && selection ? { palette, scale, selection } : null),
    [palette, scale, selection],
  );
}

const nearest = {
  minFilter: 'nearest',
  magFilter: 'nearest',
  addressModeU: 'clamp-to-edge',
  addressModeV: 'clamp-to-edge',
} as const;
