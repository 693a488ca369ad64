import { useState } from 'react';
import type { Size } from '../state/camera.ts';
import type { Point } from '../state/lasso.ts';
import styles from '../viewer.module.css';

interface LassoProps {
  readonly size: Size;
  /** The outline in CSS pixels from the view's upper left corner. */
  readonly onDone: (outline: readonly Point[]) => void;
}

/** Takes one outline drawn with the pointer held down. */
export function Lasso({ size, onDone }: LassoProps) {
  const [outline, setOutline] = useState<readonly Point[]>([]);
  const path = outline.map(([x, y]) => `${x},${y}`).join(' ');
  return (
    <svg
      className={styles.lasso}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label="Draw around cells with the pointer held down; Escape leaves"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setOutline([[event.nativeEvent.offsetX, event.nativeEvent.offsetY]]);
      }}
      onPointerMove={({ buttons, nativeEvent }) => {
        if (buttons === 1) setOutline((old) => [...old, [nativeEvent.offsetX, nativeEvent.offsetY]]);
      }}
      onPointerUp={() => onDone(outline)}
    >
      <polygon points={path} className={styles.lassoCasing} />
      <polygon points={path} className={styles.lassoLine} />
    </svg>
  );
}
