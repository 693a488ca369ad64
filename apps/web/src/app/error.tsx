'use client';

import { PageError } from '#features/shell/page-errors.tsx';

export default function RootError({ error }: { readonly error: Error & { digest?: string } }) {
  return (
    <main className="px-5">
      <PageError error={error} retry={() => location.reload()} />
    </main>
  );
}
