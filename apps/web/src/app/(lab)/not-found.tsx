import { Missing } from '#features/shell/missing.tsx';

export default function LabNotFound() {
  return <Missing />;
}
