'use client';

import { Download, Upload } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { AnnotationMapKind, ImageTruth_ImageFragment } from '#graphql/graphql.ts';
import { Button, buttonStyle } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { formatMoment } from '#ui/format.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Select } from '#ui/select.tsx';
import { Status } from '#ui/status.tsx';
import { DownloadLink } from '../download/download-link.tsx';
import { paths } from '../paths.ts';
import { DeleteThing } from '../trash/delete-thing.tsx';
import { sendTruth, type TruthState } from './send-truth.ts';
import { type TruthValue, TruthValues } from './truth-values.tsx';

const ImageTruth_image = graphql(`
  fragment ImageTruth_image on Image {
    id
    status
    annotations(first: 20) {
      edges { node { id viewerCanDelete kind revision createdAt url classes { value cellLine { id name } } } }
    }
  }
`);

type Annotation = ImageTruth_ImageFragment['annotations']['edges'][number]['node'];

const kinds: Readonly<Record<Annotation['kind'], string>> = {
  CLASS_MAP: 'class map',
  INSTANCE_MAP: 'map of single cells',
  TAGGED_CHANNEL: 'channel of a tag',
};

export interface ImageTruthProps {
  readonly project: string;
  /** Null for those whom the image is lent to. */
  readonly dataset: { readonly id: string; readonly viewerCanEdit: boolean } | null;
  readonly image: FragmentType<typeof ImageTruth_image>;
  /** Lines of its sample. */
  readonly sampleLines: readonly string[];
  readonly lines: readonly { readonly id: string; readonly name: string }[];
}

/** What somebody has drawn: models are scored against it, and never learn from it. */
export function ImageTruth({ project, dataset, image: given, sampleLines, lines }: ImageTruthProps) {
  const image = readFragment(ImageTruth_image, given);
  const annotations = image.annotations.edges.map(({ node }) => node);
  const mayEdit = dataset?.viewerCanEdit === true;
  return (
    <>
      <p className="mb-3 max-w-2xl text-base text-muted">
        {annotations.length > 0
          ? 'Models are scored against the newest; none ever learns from it.'
          : 'None. A map that somebody has drawn lets models be scored on this picture; none ever learns from it.'}
      </p>
      {annotations.length > 0 && (
        <ul
          aria-label="Ground truth"
          className="hairline mb-4 max-w-4xl divide-y divide-line rounded-ui bg-surface"
        >
          {annotations.map((annotation) => (
            <TruthItem key={annotation.id} annotation={annotation} page={paths.image(project, image.id)} />
          ))}
        </ul>
      )}
      {dataset !== null && mayEdit && image.status === 'READY' && (
        <TruthForm
          project={project}
          dataset={dataset.id}
          image={image.id}
          sampleLines={sampleLines}
          lines={lines}
        />
      )}
    </>
  );
}

interface TruthItemProps {
  readonly annotation: Annotation;
  /** The page that it is shown on. */
  readonly page: string;
}

function TruthItem({ annotation, page }: TruthItemProps) {
  const { id, viewerCanDelete, kind, revision, createdAt, url, classes } = annotation;
  return (
    <li className="flex items-center gap-x-3 px-3 py-1.5 text-sm">
      <div className="min-w-0 flex-1">
        <p>
          <span className="font-medium">{`${revision}, ${kinds[kind]}`}</span>
          <span className="ml-3 text-muted text-xs">{formatMoment(createdAt)}</span>
        </p>
        {classes.length > 0 && (
          <p className="text-muted">
            {classes
              .slice(0, 8)
              .map(({ value, cellLine }) => `${value} ${cellLine?.name ?? 'a line'}`)
              .join(' · ')}
            {classes.length > 8 && ` · ${classes.length - 8} more`}
          </p>
        )}
      </div>
      <DownloadLink
        of={id}
        href={url}
        aria-label={`Download ground truth ${revision}`}
        className={buttonStyle('quiet')}
      >
        <Download aria-hidden="true" />
      </DownloadLink>
      {viewerCanDelete && <DeleteThing id={id} noun="ground truth" name={`revision ${revision}`} to={page} />}
    </li>
  );
}

interface TruthFormProps extends Pick<ImageTruthProps, 'project' | 'sampleLines' | 'lines'> {
  readonly dataset: string;
  readonly image: string;
}

function TruthForm({ project, dataset, image, sampleLines, lines }: TruthFormProps) {
  const [kind, setKind] = useState<AnnotationMapKind>('CLASS_MAP');
  const [values, setValues] = useState<readonly TruthValue[]>(() =>
    (sampleLines.length > 0 ? sampleLines : lines.slice(0, 2).map(({ id }) => id)).map((cellLine, place) => ({
      value: place + 1,
      cellLine,
    })),
  );
  const [state, setState] = useState<TruthState | null>(null);
  const router = useRouter();
  const busy = state?.kind === 'sending' || state?.kind === 'checking';
  const pure = sampleLines.length === 1;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const file = new FormData(form).get('map');
    if (!(file instanceof File) || file.size === 0) return;
    const classes = kind === 'INSTANCE_MAP' && pure ? [] : values;
    for await (const next of sendTruth({ project, dataset, image, file, kind, classes })) setState(next);
    router.refresh();
  };
  return (
    <form
      onSubmit={(event) => void send(event)}
      className="hairline max-w-2xl rounded-ui bg-surface px-4 py-3"
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Map" required hint="PNG or TIFF of one channel, as large as the picture.">
          <Input name="map" type="file" accept=".png,.tif,.tiff" required className="py-1" />
        </Field>
        <Field
          label="What its numbers mean"
          required
          hint={
            kind === 'CLASS_MAP'
              ? 'Every pixel has the number of its line; 0 is background, 255 is not judged.'
              : pure
                ? 'Every cell has a number of its own; 0 is background.'
                : 'Every cell has a number of its own, and each number its line below.'
          }
        >
          <Select value={kind} onChange={(event) => setKind(event.target.value as AnnotationMapKind)}>
            <option value="CLASS_MAP">lines (class map)</option>
            <option value="INSTANCE_MAP">single cells (instance map)</option>
          </Select>
        </Field>
      </div>
      {!(kind === 'INSTANCE_MAP' && pure) && (
        <TruthValues values={values} lines={lines} onChange={setValues} />
      )}
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" icon={<Upload aria-hidden="true" />} busy={busy}>
          Upload the map
        </Button>
        {state !== null && (
          <p role="status" className="text-sm">
            {state.kind === 'sending' && (
              <Status tone="running">{`Being sent, ${Math.floor(100 * state.share)} %`}</Status>
            )}
            {state.kind === 'checking' && <Status tone="running">Being checked against the picture</Status>}
            {state.kind === 'taken' && <Status tone="good">Accepted</Status>}
          </p>
        )}
      </div>
      {state?.kind === 'refused' && (
        <div className="mt-3">
          <ProblemNote problem={state} />
        </div>
      )}
    </form>
  );
}
