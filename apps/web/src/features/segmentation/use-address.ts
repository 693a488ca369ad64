'use client';

import { useMemo, useState } from 'react';
import { ask } from '#api/ask.ts';
import { graphql } from '#graphql';
import type { Address } from '#viewer/index.ts';

const SegmentationAddressesQuery = graphql(`
  query SegmentationAddresses($id: ID!) {
    node(id: $id) {
      __typename
      ... on Segmentation { id classMapUrl instancesUrl uncertaintyUrl image { id pyramidUrl } }
    }
  }
`);

/** An object in the bucket of a segmentation; asks for a fresh address once the first has expired. */
export function useAddress(
  segmentation: string,
  what: 'pyramid' | 'classMap' | 'instances' | 'uncertainty',
  given: string | null,
): Address | null {
  // The viewer opens a picture anew for another object: later readings of the page bring other addresses of the same.
  const [url] = useState(given);
  return useMemo(() => {
    if (url === null) return null;
    const renew = async () => {
      const answer = await ask(SegmentationAddressesQuery, { id: segmentation });
      const node = answer.node?.__typename === 'Segmentation' ? answer.node : null;
      const fresh = {
        pyramid: node?.image?.pyramidUrl,
        classMap: node?.classMapUrl,
        instances: node?.instancesUrl,
        uncertainty: node?.uncertaintyUrl,
      }[what];
      if (fresh == null) throw new Error('This picture cannot be read any more');
      return fresh;
    };
    return { url, renew };
  }, [segmentation, what, url]);
}
