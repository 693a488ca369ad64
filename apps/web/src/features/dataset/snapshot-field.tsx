import type { ReactNode } from 'react';
import { fieldError } from '#api/field-error.ts';
import type { Problem } from '#api/problem.ts';
import { Field } from '#ui/field.tsx';
import { Select } from '#ui/select.tsx';

export interface SnapshotFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly snapshots: readonly { readonly id: string; readonly label: string }[];
  /** The one that is chosen. */
  readonly version: string;
  readonly onChoose: (version: string) => void;
  /** What the mutation was refused for, whose input calls it `version`. */
  readonly problem: Problem | null;
}

/** Which snapshot's images are meant. */
export function SnapshotField({ label, hint, snapshots, version, onChoose, problem }: SnapshotFieldProps) {
  return (
    <Field label={label} required error={fieldError(problem, 'version')} hint={hint}>
      <Select value={version} onChange={(event) => onChoose(event.target.value)}>
        {snapshots.map((snapshot) => (
          <option key={snapshot.id} value={snapshot.id}>
            {snapshot.label}
          </option>
        ))}
      </Select>
    </Field>
  );
}
