import { fileOf } from '@cellmixer/sample-names';
import { ask } from '#api/ask.ts';
import { graphql } from '#graphql';
import type { KnownFilesQuery as KnownFilesData } from '#graphql/graphql.ts';

const KnownFilesQuery = graphql(`
  query KnownFiles($id: ID!, $checksums: [String!]!) {
    node(id: $id) {
      __typename
      ... on Dataset {
        id
        images(first: 100, filter: { checksums: $checksums, statuses: [READY, INGESTING], timePoint: 1 }) {
          edges { node { id name sizeBytes } }
        }
        uploads { uploadId fileName sizeBytes sha256 purpose parts { size count } }
      }
    }
  }
`);
const PartsThereQuery = graphql(`
  query PartsThere($id: ID!, $uploadIds: [ID!]!) {
    node(id: $id) {
      __typename
      ... on Dataset { id uploads(uploadIds: $uploadIds) { uploadId partsThere { part etag } } }
    }
  }
`);

/** A file with its checksum. */
export interface HashedFile {
  readonly file: File;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

type DatasetNode = Extract<NonNullable<KnownFilesData['node']>, { readonly __typename: 'Dataset' }>;
export type OpenUpload = DatasetNode['uploads'][number];

export interface KnownFiles {
  /** Whether the dataset has this file already: same bytes, same name. */
  readonly isThere: (one: HashedFile) => boolean;
  /** Uploads of it that were begun and broke off. */
  readonly brokenOff: (one: HashedFile) => readonly OpenUpload[];
}

/** What the dataset has of up to 100 files, whole or in parts; null where the dataset cannot be seen. */
export async function findKnown(dataset: string, files: readonly HashedFile[]): Promise<KnownFiles | null> {
  const { node } = await ask(KnownFilesQuery, {
    id: dataset,
    checksums: files.map(({ sha256 }) => sha256),
  });
  if (node?.__typename !== 'Dataset') return null;
  const there = new Set(
    node.images.edges.map(({ node: { name, sizeBytes } }) => `${sizeBytes} ${fileOf(name)}`),
  );
  return {
    isThere: ({ file, size }) => there.has(`${size} ${file.name}`),
    brokenOff: ({ file, sha256 }) =>
      node.uploads.filter(
        (one) => one.purpose === 'IMAGE' && one.sha256 === sha256 && one.fileName === file.name,
      ),
  };
}

/** MD5 by part, of the parts that have come. */
export async function partsThere(dataset: string, uploadId: string): Promise<Map<number, string>> {
  const { node } = await ask(PartsThereQuery, { id: dataset, uploadIds: [uploadId] });
  const parts = node?.__typename === 'Dataset' ? (node.uploads[0]?.partsThere ?? []) : [];
  return new Map(parts.map(({ part, etag }) => [part, etag]));
}
