'use client';

import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { PageError } from '#features/shell/page-errors.tsx';

export default function LabError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  const router = useRouter();
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return <PageError error={error} retry={retry} />;
}
