'use client';

import { useState } from 'react';
import { fieldError, otherProblem } from '#api/field-error.ts';
import type { Problem } from '#api/problem.ts';
import type { CellLineKind, CellLineTable_CellLineFragment, Growth } from '#graphql/graphql.ts';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Select } from '#ui/select.tsx';
import { Term } from '#ui/term.tsx';
import { growthNames, kindNames } from './cell-line-words.ts';
import { ColourChoice } from './colour-choice.tsx';

const shown = ['name', 'colour', 'kind', 'growth', 'species', 'tissue', 'accession', 'modification'];

export interface CellLineFieldsProps {
  readonly problem: Problem | null;
  /** What the registry says by now; left out for a new line. */
  readonly line?: Pick<
    CellLineTable_CellLineFragment,
    'name' | 'colour' | 'kind' | 'growth' | 'species' | 'tissue' | 'accession' | 'modification'
  >;
}

/** The fields of a line. */
export function CellLineFields({ problem, line }: CellLineFieldsProps) {
  const [colour, setColour] = useState<string | null>(line?.colour ?? null);
  return (
    <div className="flex flex-col gap-4">
      <Field label="Name" error={fieldError(problem, 'name')} required>
        <Input
          name="name"
          maxLength={100}
          autoComplete="off"
          placeholder="HeLa"
          defaultValue={line?.name}
          autoFocus
        />
      </Field>
      <ColourChoice value={colour} present={line?.colour ?? null} onChange={setColour} />
      <input type="hidden" name="colour" value={colour ?? ''} />
      <div className="grid grid-cols-2 gap-4">
        <Field label="Kind" error={fieldError(problem, 'kind')} required>
          <Select name="kind" defaultValue={line?.kind ?? 'CELL_LINE'}>
            {Object.entries(kindNames).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Growth" error={fieldError(problem, 'growth')} required>
          <Select name="growth" defaultValue={line?.growth ?? 'ADHERENT'}>
            {Object.entries(growthNames).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Species" error={fieldError(problem, 'species')}>
          <Input
            name="species"
            maxLength={100}
            placeholder="Homo sapiens"
            defaultValue={line?.species ?? ''}
          />
        </Field>
        <Field label="Tissue" error={fieldError(problem, 'tissue')}>
          <Input name="tissue" maxLength={100} placeholder="Cervix" defaultValue={line?.tissue ?? ''} />
        </Field>
        <Field label="Cellosaurus" error={fieldError(problem, 'accession')}>
          <Input
            name="accession"
            maxLength={9}
            pattern="[Cc][Vv][Cc][Ll]_[A-Za-z0-9]{4}"
            placeholder="CVCL_0030"
            defaultValue={line?.accession ?? ''}
          />
        </Field>
        <Field label="Modification" error={fieldError(problem, 'modification')}>
          <Input
            name="modification"
            maxLength={200}
            placeholder="H2B-GFP"
            defaultValue={line?.modification ?? ''}
          />
        </Field>
      </div>
      <p className="text-muted text-xs">
        One entry for each <Term of="homogeneous population">population</Term> that you can grow alone.
      </p>
      <ProblemNote problem={otherProblem(problem, shown)} />
    </div>
  );
}

/** What the form says, as the API takes it: empty means unknown. */
export function readCellLine(form: FormData) {
  const text = (name: string) => textOf(form, name).trim() || null;
  return {
    name: textOf(form, 'name'),
    colour: text('colour'),
    kind: keyOf(kindNames, textOf(form, 'kind')) satisfies CellLineKind | null,
    growth: keyOf(growthNames, textOf(form, 'growth')) satisfies Growth | null,
    species: text('species'),
    tissue: text('tissue'),
    accession: text('accession'),
    modification: text('modification'),
  };
}

function keyOf<Key extends string>(names: Readonly<Record<Key, string>>, value: string): Key | null {
  for (const key in names) if (key === value) return key;
  return null;
}
