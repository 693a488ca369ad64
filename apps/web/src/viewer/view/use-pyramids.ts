import { useEffect, useState } from 'react';
import type { MapSources } from '../layers/map-layer.ts';
import type { Address } from '../source/address.ts';
import { Pyramid } from '../source/pyramid.ts';
import { autoContrast, type Contrast, topOf } from '../state/contrast.ts';
import { problemOf, ViewerError, type ViewerProblem } from '../viewer-problem.ts';

const mebibyte = 2 ** 20;

export interface Addresses {
  readonly picture: Address;
  readonly classMap?: Address | null | undefined;
  readonly otherMap?: Address | null | undefined;
  readonly instances?: Address | null | undefined;
  readonly uncertainty?: Address | null | undefined;
}

export interface OpenPicture {
  readonly pyramid: Pyramid;
  /** For each channel. */
  readonly auto: readonly Contrast[];
}

const noMaps: MapSources = { classes: null, other: null, instances: null, uncertainty: null };

/** Opens a picture and its maps, the picture with its smallest level; each is there as soon as it can be. */
export function usePyramids(
  { picture, classMap, otherMap, instances, uncertainty }: Addresses,
  onProblem: (problem: ViewerProblem) => void,
): { readonly open: OpenPicture | null; readonly maps: MapSources } {
  const [open, setOpen] = useState<OpenPicture | null>(null);
  const [maps, setMaps] = useState(noMaps);

  // Addresses are compared by identity: a fresh presigned url of the same picture comes through `renew`.
  useEffect(() => {
    let stopped = false;
    setOpen(null);
    openPicture(picture).then(
      (found) => stopped || setOpen(found),
      (error: unknown) => stopped || onProblem(problemOf(error, 'the picture')),
    );
    return () => {
      stopped = true;
    };
  }, [picture, onProblem]);

  useEffect(() => {
    let stopped = false;
    setMaps(noMaps);
    const wanted = [
      ['classes', classMap, 'the class map'],
      ['other', otherMap, 'the second class map'],
      ['instances', instances, 'the map of instances'],
      ['uncertainty', uncertainty, 'the map of uncertainty'],
    ] as const;
    Promise.all(
      wanted.map(async ([name, address, what]) => {
        if (!address) return null;
        try {
          return [name, await openMap(address, what)] as const;
        } catch (error) {
          if (!stopped) onProblem(problemOf(error, what));
          return null;
        }
      }),
    ).then((found) => {
      if (!stopped) setMaps({ ...noMaps, ...Object.fromEntries(found.filter((one) => one !== null)) });
    });
    return () => {
      stopped = true;
    };
  }, [classMap, otherMap, instances, uncertainty, onProblem]);

  return { open, maps };
}

async function openPicture(address: Address): Promise<OpenPicture> {
  const pyramid = await Pyramid.open(address, { what: 'the picture', cacheBytes: 192 * mebibyte });
  const smallest = pyramid.levels.length - 1;
  const auto = await Promise.all(
    Array.from({ length: pyramid.channels }, async (_, channel) => {
      const { data } = await pyramid.block(smallest, 0, 0, channel);
      // Colours of 8 bits are shown as they are.
      if (pyramid.rgb && pyramid.kind === 'uint8') return { black: 0, white: topOf('uint8') };
      return autoContrast(data);
    }),
  );
  return { pyramid, auto };
}

async function openMap(address: Address, what: string): Promise<Pyramid> {
  const map = await Pyramid.open(address, { what, cacheBytes: 64 * mebibyte });
  if (!/^uint/.test(map.kind) || map.channels !== 1) {
    throw new ViewerError(
      'PICTURE_UNREADABLE',
      `${what} holds ${map.channels} channels of ${map.kind}, no map of whole numbers`,
      'Run the segmentation again.',
    );
  }
  return map;
}
