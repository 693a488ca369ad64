import { NotAllowed } from '#features/shell/missing.tsx';

export default function LabForbidden() {
  return <NotAllowed />;
}
