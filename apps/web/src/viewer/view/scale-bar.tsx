import { chooseScaleBar } from '../state/scale-bar.ts';
import styles from '../viewer.module.css';

/** A bar of a round length; counts pixels where their size is unknown. */
export function ScaleBar({
  zoom,
  pixelSizeUm,
}: {
  readonly zoom: number;
  readonly pixelSizeUm: number | null;
}) {
  const { length, label } = chooseScaleBar(2 ** zoom, pixelSizeUm);
  return (
    <div className={styles.scaleBar} style={{ width: `${length}px` }}>
      {label}
    </div>
  );
}
