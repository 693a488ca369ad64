import { ask, sendOnce } from '#api/ask.ts';
import type { Problem } from '#api/problem.ts';
import { graphql } from '#graphql';
import type { AnnotationMapKind } from '#graphql/graphql.ts';
import { hashOf } from '../dataset/hash-of.ts';
import { sendBytes } from '../dataset/send-bytes.ts';
import type { TruthValue } from './truth-values.tsx';

const TruthUploadMutation = graphql(`
  mutation TruthUpload($input: CreateUploadsInput!) {
    createUploads(input: $input) {
      __typename
      ... on CreateUploadsPayload { tickets { uploadId url headers { name value } } }
      ... on UserError { code message cure subject }
    }
  }
`);
const UploadAnnotationsMutation = graphql(`
  mutation UploadAnnotations($input: UploadAnnotationsInput!) {
    uploadAnnotations(input: $input) {
      __typename
      ... on UploadAnnotationsPayload { items { uploadId problem } }
      ... on UserError { code message cure subject }
    }
  }
`);
const TruthStateQuery = graphql(`
  query TruthState($project: ID!, $dataset: ID!, $uploads: [ID!]!) {
    node(id: $dataset) {
      __typename
      ... on Dataset { id uploads(uploadIds: $uploads) { status errorCode errorMessage errorCure } }
    }
    jobs(project: $project, unfinished: true, first: 100) { edges { node { id kind } } }
  }
`);

export interface Truth {
  readonly project: string;
  readonly dataset: string;
  readonly image: string;
  readonly file: File;
  readonly kind: AnnotationMapKind;
  readonly classes: readonly TruthValue[];
}

export type TruthState =
  | { readonly kind: 'sending'; readonly share: number }
  | { readonly kind: 'checking' }
  | { readonly kind: 'taken' }
  | ({ readonly kind: 'refused' } & Problem);

/** Between two looks at how the check stands. */
const PAUSE_MS = 1000;

/** Sends a map and waits until the server has checked it against the picture. Ends with `taken` or `refused`. */
export async function* sendTruth({
  project,
  dataset,
  image,
  file,
  kind,
  classes,
}: Truth): AsyncGenerator<TruthState> {
  try {
    yield { kind: 'sending', share: 0 };
    const files = [{ name: file.name, sizeBytes: file.size, sha256: await hashOf('sha256', file) }];
    const { createUploads: made } = await sendOnce(TruthUploadMutation, {
      input: { dataset, files, purpose: 'ANNOTATION' },
    });
    if (made?.__typename !== 'CreateUploadsPayload') return yield refused(made);
    const [ticket] = made.tickets;
    if (ticket?.url == null) {
      return yield refused({ message: `"${file.name}" is larger than a map of a picture should be.` });
    }
    const { url, headers, uploadId } = ticket;
    const unwatched = { onSent: () => {}, onAgain: () => true };
    const problem = await sendBytes(file, { url, headers }, unwatched, new AbortController().signal);
    if (problem !== null) return yield refused({ message: problem });
    yield { kind: 'sending', share: 1 };
    const { uploadAnnotations: answer } = await sendOnce(UploadAnnotationsMutation, {
      input: { dataset, annotations: [{ uploadId, image, kind, classes: [...classes] }] },
    });
    if (answer?.__typename !== 'UploadAnnotationsPayload') return yield refused(answer);
    const found = answer.items[0]?.problem;
    if (found != null) return yield refused({ message: found });
    yield { kind: 'checking' };
    for (;;) {
      await new Promise((done) => setTimeout(done, PAUSE_MS));
      const { node, jobs } = await ask(TruthStateQuery, { project, dataset, uploads: [uploadId] });
      const upload = node?.__typename === 'Dataset' ? node.uploads[0] : undefined;
      if (upload?.status === 'FAILED') {
        return yield refused({
          code: upload.errorCode,
          message: upload.errorMessage,
          cure: upload.errorCure,
        });
      }
      const checking = jobs.edges.some((edge) => edge.node.kind === 'ANNOTATE');
      if (upload?.status === 'COMPLETED' && !checking) return yield { kind: 'taken' };
    }
  } catch (error) {
    yield refused({ message: error instanceof Error ? error.message : String(error) });
  }
}

interface Reason {
  readonly code?: string | null;
  readonly message?: string | null;
  readonly cure?: string | null;
  readonly subject?: string | null;
}

function refused(reason: Reason | undefined): TruthState {
  return {
    kind: 'refused',
    code: reason?.code ?? 'ANNOTATION_REFUSED',
    message: reason?.message ?? 'The server did not answer.',
    cure: reason?.cure ?? null,
    subject: reason?.subject ?? null,
  };
}
