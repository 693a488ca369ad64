import { Missing } from '#features/shell/missing.tsx';

export default function NotFound() {
  return (
    <main className="px-5">
      <Missing />
    </main>
  );
}
