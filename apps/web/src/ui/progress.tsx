import { clsx } from 'clsx';
import { formatSeconds } from './format.ts';

export interface ProgressProps {
  /** What is under way: read out. */
  readonly label: string;
  readonly done: number;
  /** 0 while it is unknown: then the bar breathes. */
  readonly total: number;
  /** The estimate; left out while there is none. */
  readonly secondsLeft?: number | null;
  /** Bar alone, without its words. */
  readonly bare?: boolean;
  readonly className?: string;
}

/** A bar, the share that is done, and the time left: `62 % · 0:42 left`. */
export function Progress({ label, done, total, secondsLeft, bare = false, className }: ProgressProps) {
  const known = total > 0;
  const share = known ? Math.min(1, Math.max(0, done / total)) : 0;
  const percent = `${Math.floor(100 * share)} %`;
  const left = secondsLeft == null ? '' : `${formatSeconds(secondsLeft)} left`;
  return (
    <div className={clsx('min-w-0', className)}>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(known ? { 'aria-valuenow': Math.floor(100 * share) } : {})}
        aria-valuetext={[known ? percent : 'under way', left].filter(Boolean).join(', ')}
        className="h-1 overflow-hidden rounded-full bg-line"
      >
        <div
          className={clsx(
            'h-full rounded-full',
            // Faint: it must not look done where nothing may move.
            known ? 'bg-ink transition-[width] duration-500' : 'animate-breathe bg-ink/30',
          )}
          style={{ width: known ? `${100 * share}%` : '100%' }}
        />
      </div>
      {!bare && (
        <p className="mt-1 flex justify-between gap-4 text-muted text-xs">
          <span>{known ? percent : 'under way'}</span>
          <span>{left}</span>
        </p>
      )}
    </div>
  );
}
