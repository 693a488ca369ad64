import { clsx } from 'clsx';

/** The room that something will take, while it is read. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden="true" className={clsx('animate-breathe rounded-ui bg-sunken', className)} />;
}

/** A page that is being read: its header and some rows, after a second in words. */
export function PageSkeleton({ rows = 6 }: { readonly rows?: number }) {
  return (
    <div role="status" className="flex flex-col gap-2">
      <p className="h-4 animate-soon text-muted text-xs">Loading …</p>
      <Skeleton className="mb-6 h-7 w-72 max-w-full" />
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of nothing, all alike
        <Skeleton key={row} className="h-8 w-full" />
      ))}
    </div>
  );
}
