import Link from 'next/link';
import { type ReactNode, useId } from 'react';

export interface PageHeaderProps {
  readonly title: ReactNode;
  /** From the lab down to the page above this one. */
  readonly path?: readonly { readonly label: string; readonly href: string }[];
  /** Facts beside the title: badges, a status. */
  readonly facts?: ReactNode;
  readonly says?: ReactNode;
  /** Buttons; the primary one last. */
  readonly actions?: ReactNode;
}

export function PageHeader({ title, path = [], facts, says, actions }: PageHeaderProps) {
  return (
    <header className="mb-6 flex flex-col">
      {path.length > 0 && (
        <nav aria-label="Breadcrumbs" className="mb-1">
          <ol className="flex flex-wrap items-center gap-x-1.5 text-muted text-sm">
            {path.map(({ label, href }) => (
              <li key={href} className="flex min-w-0 items-center gap-x-1.5">
                <Link href={href} className="max-w-60 truncate hover:text-ink hover:underline">
                  {label}
                </Link>
                <span aria-hidden="true">/</span>
              </li>
            ))}
          </ol>
        </nav>
      )}
      {/* On a phone what it says stands below the title, not below the buttons. */}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 max-sm:contents">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 font-semibold text-xl [overflow-wrap:anywhere]">{title}</h1>
          {facts}
        </div>
        {actions !== undefined && (
          <div className="flex flex-wrap gap-2 max-sm:order-1 max-sm:mt-3">{actions}</div>
        )}
      </div>
      {says !== undefined && <p className="mt-1 max-w-2xl text-base text-muted">{says}</p>}
    </header>
  );
}

/** A part of a page below its header. */
export function Section({
  title,
  actions,
  children,
}: {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mb-8 min-w-0">
      <div className="mb-2 flex min-h-8 items-center justify-between gap-4">
        <h2 id={id} className="font-semibold text-lg">
          {title}
        </h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
