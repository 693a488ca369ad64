'use client';

import dynamic from 'next/dynamic';
import { type FormEvent, useMemo, useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { formatCount } from '#ui/format.ts';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Select } from '#ui/select.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { Slider } from '#ui/slider.tsx';
import { useToast } from '#ui/toast.tsx';
import { inputOf, readNumbers, recordOf, sliders, type Tuned, withMoved } from './tuned-parameters.ts';

const TuneMutation = graphql(`
  mutation TuneForeground($input: TuneForegroundInput!) {
    tuneForeground(input: $input) {
      ... on TuneForegroundPayload { queued dataset { id foregroundParameters } }
      ... on UserError { code message cure subject }
    }
  }
`);

/** It brings the method's own code and what reads pictures: fetched when somebody tunes. */
const TunePreview = dynamic(() => import('./tune-preview.tsx').then((all) => all.TunePreview), {
  ssr: false,
  loading: () => <Skeleton className="aspect-4/3 w-full" />,
});

/** A picture that can be tried out, with what its newest mask was made of. */
export interface TunablePicture {
  /** Of the mask. */
  readonly id: string;
  readonly image: { readonly id: string; readonly name: string; readonly foregroundOverridden: boolean };
  readonly parameters: unknown;
  /** The part of them that people had set. */
  readonly asked: unknown;
}

export interface TuneFormProps {
  readonly dataset: string;
  /** What people have set for the whole dataset. */
  readonly parameters: unknown;
  /** All that have a mask; not empty. */
  readonly pictures: readonly [TunablePicture, ...TunablePicture[]];
  /** Whose mask is tried out, by image; null while the form is closed. */
  readonly chosen: string | null;
  readonly onChoose: (image: string | null) => void;
}

/** Sliders whose mask is drawn at once by this browser, and saved for all pictures or for one when that is said. */
export function TuneForm({ dataset, parameters, pictures, chosen, onChoose }: TuneFormProps) {
  const [moved, setMoved] = useState<Tuned>({});
  const { mutate, busy, problem } = useMutate(TuneMutation);
  const toast = useToast();
  const picture = pictures.find(({ image }) => image.id === chosen) ?? pictures[0];
  const own = picture.image.foregroundOverridden;
  const standing = own ? picture.asked : parameters;
  const set = { ...readNumbers(standing), ...moved };
  const suggested = readNumbers(picture.parameters);
  const tried = useMemo(
    () => withMoved({ ...recordOf(picture.parameters), ...recordOf(standing) }, moved),
    [picture.parameters, standing, moved],
  );
  const hasChanged = sliders.some(({ name }) => set[name] !== readNumbers(standing)[name]);
  const send = async (input: { images?: string[]; parameters: ReturnType<typeof inputOf> | null }) => {
    const payload = await mutate({ input: { dataset, ...input } });
    if (payload === null) return;
    if (input.parameters === null) setMoved({});
    toast({ says: `${formatCount(payload.queued, 'picture')} are looked through again` });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send({ parameters: inputOf(parameters, moved) });
  };
  return (
    <details
      className="hairline mb-5 rounded-ui bg-surface px-4"
      open={chosen !== null}
      onToggle={({ currentTarget: { open } }) => {
        if (open !== (chosen !== null)) onChoose(open ? picture.image.id : null);
      }}
    >
      <summary className="py-2 font-medium text-base">Tune what counts as cell</summary>
      {chosen !== null && (
        <form
          onSubmit={submit}
          className="flex flex-col gap-x-8 gap-y-4 pb-4 lg:grid lg:grid-cols-[minmax(0,1fr)_22rem]"
        >
          {/* On small screens it stays in sight while the sliders below are moved. */}
          <div className="min-w-0 bg-surface max-lg:sticky max-lg:top-12 max-lg:z-1 max-lg:-mx-4 max-lg:px-4">
            <TunePreview
              foreground={picture.id}
              image={picture.image.id}
              name={picture.image.name}
              parameters={tried}
            />
          </div>
          <div className="flex min-w-0 flex-col gap-3">
            <Field label="Picture" required>
              <Select value={picture.image.id} onChange={({ currentTarget: { value } }) => onChoose(value)}>
                {pictures.map(({ image: { id, name, foregroundOverridden } }) => (
                  <option key={id} value={id}>
                    {foregroundOverridden ? `${name} (own settings)` : name}
                  </option>
                ))}
              </Select>
            </Field>
            {sliders.map(({ name, label, min, max, step, unit }) => (
              <Slider
                key={name}
                label={set[name] === undefined ? `${label} (suggested)` : label}
                min={min}
                max={max}
                step={step}
                value={set[name] ?? suggested[name] ?? min}
                write={(value) => `${Number(value.toFixed(2))} ${unit}`.trim()}
                onChange={(value) => setMoved({ ...moved, [name]: value })}
              />
            ))}
            <p className="text-muted text-xs">
              {own
                ? 'This picture has settings of its own; those of the dataset do not reach it.'
                : 'Drawn here by your browser, as the server would. Nothing is saved before you press Apply.'}
            </p>
            <ProblemNote problem={problem} />
            <div className="flex flex-wrap gap-2">
              {!own && (
                <Button type="submit" kind="primary" busy={busy} disabled={!hasChanged}>
                  Apply to all pictures
                </Button>
              )}
              <Button
                kind={own ? 'primary' : 'plain'}
                disabled={busy || !hasChanged}
                onClick={() =>
                  void send({ images: [picture.image.id], parameters: inputOf(standing, moved) })
                }
              >
                Apply to this one only
              </Button>
              {own ? (
                <Button
                  disabled={busy}
                  onClick={() => void send({ images: [picture.image.id], parameters: null })}
                >
                  Follow the dataset again
                </Button>
              ) : (
                <Button disabled={busy} onClick={() => void send({ parameters: null })}>
                  Back to what pictures suggest
                </Button>
              )}
            </div>
          </div>
        </form>
      )}
    </details>
  );
}
