'use client';

import { useRouter } from 'next/navigation';
import { type ComponentProps, type MouseEvent, useEffect, useRef, useState } from 'react';
import { ask } from '#api/ask.ts';
import { graphql } from '#graphql';
import type { DownloadAddressQuery as Data } from '#graphql/graphql.ts';
import { ProblemNote } from '#ui/problem-note.tsx';

const DownloadAddressQuery = graphql(`
  query DownloadAddress($id: ID!) {
    node(id: $id) {
      __typename
      ... on Annotation { id map: url }
      ... on Export { id zip: url }
      ... on Foreground { id mask: maskUrl }
      ... on Image { id file: originalUrl }
      ... on Segmentation { id cells: cellsUrl }
    }
  }
`);

/** An address holds for ten minutes (ms here: somewhat less). */
const HOLDS = 8 * 60_000;

export interface DownloadLinkProps extends ComponentProps<'a'> {
  /** The id of what has the file. */
  readonly of: string;
  /** As it was read with the page. */
  readonly href: string;
}

/** Leads to a file in the bucket; on a page that has stood open for long it asks for the file's address again. */
export function DownloadLink({ of, href, children, ...rest }: DownloadLinkProps) {
  const router = useRouter();
  const [refused, setRefused] = useState(false);
  const since = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address begins to hold anew
  useEffect(() => {
    since.current = Date.now();
  }, [href]);
  const fetchAnew = async () => {
    setRefused(false);
    const { node } = await ask(DownloadAddressQuery, { id: of });
    const address = addressOf(node);
    // It is gone meanwhile: the page, read again, says why.
    if (address === null) router.refresh();
    else location.assign(address);
  };
  const click = (event: MouseEvent) => {
    if (Date.now() - since.current < HOLDS) return;
    event.preventDefault();
    fetchAnew().catch(() => setRefused(true));
  };
  return (
    <>
      {refused && (
        <ProblemNote
          problem={{
            message: 'The file could not be fetched.',
            cure: 'Check the connection and click it again.',
          }}
        />
      )}
      <a {...rest} href={href} download onClick={click}>
        {children}
      </a>
    </>
  );
}

function addressOf(node: Data['node']): string | null {
  switch (node?.__typename) {
    case 'Annotation':
      return node.map;
    case 'Export':
      return node.zip;
    case 'Foreground':
      return node.mask;
    case 'Image':
      return node.file;
    case 'Segmentation':
      return node.cells;
    default:
      return null;
  }
}
