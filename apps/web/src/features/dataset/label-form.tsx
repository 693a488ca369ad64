'use client';

import { type FormEvent, useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { formatCount } from '#ui/format.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Swatch } from '#ui/swatch.tsx';
import { useToast } from '#ui/toast.tsx';
import type { GalleryImage, LineChoice } from './dataset-view.tsx';
import { labelsFor } from './labels-for.ts';

const LabelImagesMutation = graphql(`
  mutation LabelImages($input: LabelImagesInput!) {
    labelImages(input: $input) {
      ... on LabelImagesPayload {
        images { id sample { id name well lines { cellLine { id name colour } } } }
      }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface LabelFormProps {
  readonly dataset: string;
  /** Those that are selected. */
  readonly images: readonly GalleryImage[];
  readonly lines: readonly LineChoice[];
  readonly onEnd: () => void;
}

/** Says which lines were seeded in what is selected: one is a pure culture, several are a mixture. */
export function LabelForm({ dataset, images, lines, onEnd }: LabelFormProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { mutate, busy, problem } = useMutate(LabelImagesMutation);
  const toast = useToast();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const labels = labelsFor(images, [...chosen], {
      sample: textOf(form, 'sample').trim(),
      replicate: textOf(form, 'replicate').trim(),
    });
    const payload = await mutate({ input: { dataset, labels } });
    if (payload === null) return;
    toast({ says: `${formatCount(payload.images.length, 'picture')} labelled` });
    onEnd();
  };
  const toggle = (id: string, wanted: boolean) => {
    const next = new Set(chosen);
    if (wanted) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <form onSubmit={send} className="hairline flex flex-col gap-3 rounded-ui bg-surface p-3">
      <fieldset>
        <legend className="mb-1 font-medium text-base">What the selected pictures show</legend>
        {lines.length === 0 ? (
          <p className="text-muted text-sm">Register the lab’s cell lines first.</p>
        ) : (
          <div className="flex flex-wrap gap-x-4 gap-y-1">
            {lines.map((line) => (
              <label key={line.id} className="flex h-8 items-center gap-1.5 text-base">
                <input
                  type="checkbox"
                  className="size-4 accent-ink"
                  checked={chosen.has(line.id)}
                  onChange={(event) => toggle(line.id, event.target.checked)}
                />
                <Swatch colour={line.colour} />
                {line.name}
              </label>
            ))}
          </div>
        )}
        <p className="text-muted text-xs">One line: a pure culture, to learn from. Several: a mixture.</p>
      </fieldset>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Sample" hint="The culture in one vessel. Empty: one for each file.">
          <Input name="sample" maxLength={100} />
        </Field>
        <Field label="Replicate" hint="Same word, same replicate.">
          <Input name="replicate" maxLength={50} />
        </Field>
      </div>
      <ProblemNote problem={problem} />
      <div>
        <Button type="submit" kind="primary" busy={busy} disabled={images.length === 0 || chosen.size === 0}>
          {images.length === 0 ? 'Label' : `Label ${formatCount(images.length, 'picture')}`}
        </Button>
      </div>
    </form>
  );
}
