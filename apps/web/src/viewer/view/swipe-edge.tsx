import { useRef } from 'react';
import styles from '../viewer.module.css';

interface SwipeEdgeProps {
  /** 0 left … 1 right. */
  readonly at: number;
  readonly names: readonly [string, string] | undefined;
  readonly onMove: (at: number) => void;
}

/** The edge between two class maps: dragged, or moved with the arrows. */
export function SwipeEdge({ at, names, onMove }: SwipeEdgeProps) {
  const edge = useRef<HTMLDivElement>(null);
  const to = (share: number): void => onMove(Math.min(1, Math.max(0, share)));
  return (
    <div
      ref={edge}
      className={styles.swipe}
      style={{ left: `${100 * at}%` }}
      role="slider"
      tabIndex={0}
      aria-label="Edge between the two class maps"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * at)}
      onKeyDown={({ key, shiftKey }) => {
        const step = shiftKey ? 0.1 : 0.02;
        if (key === 'ArrowLeft') to(at - step);
        if (key === 'ArrowRight') to(at + step);
      }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={({ buttons, clientX }) => {
        const box = edge.current?.parentElement?.getBoundingClientRect();
        if (buttons === 1 && box) to((clientX - box.left) / box.width);
      }}
    >
      {names && <span className={styles.swipeFirst}>{names[0]}</span>}
      {names && <span className={styles.swipeSecond}>{names[1]}</span>}
    </div>
  );
}
