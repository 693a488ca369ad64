import { type Ref, useImperativeHandle, useState } from 'react';
import styles from '../viewer.module.css';
import type { ReadOut } from './read-out.ts';

export interface ReadOutHandle {
  show(found: ReadOut | null): void;
}

/** What lies under the pointer, in one line. Told by a handle, so that the pointer's way draws nothing else anew. */
export function ReadOutLine({ ref }: { readonly ref: Ref<ReadOutHandle> }) {
  const [found, show] = useState<ReadOut | null>(null);
  useImperativeHandle(ref, () => ({ show }), []);
  if (!found) return null;
  return (
    <div className={styles.readOut}>
      <span>
        x {found.x} y {found.y}
      </span>
      {found.values.map(({ name, value }) => (
        <span key={name}>
          {found.values.length > 1 && <span className={styles.quiet}>{name} </span>}
          {value}
        </span>
      ))}
      {found.classes.length > 0 && <span>{found.classes.join(' | ')}</span>}
      {found.object !== null && <span>cell {found.object}</span>}
    </div>
  );
}
