import Link from 'next/link';
import { buttonStyle } from '#ui/button.tsx';
import { ErrorState, Forbidden } from '#ui/error-state.tsx';
import { paths } from '../paths.ts';

const home = (
  <Link href={paths.home()} className={buttonStyle('primary')}>
    To the lab’s home
  </Link>
);

export function Missing() {
  return (
    <ErrorState
      title="There is nothing here"
      says="It may have been deleted, or taken back by the lab that lent it, or it belongs to a lab or project that you are not in. Whoever gave you the address can invite you."
      action={home}
    />
  );
}

export function NotAllowed() {
  return (
    <Forbidden
      says="You are signed in, but your role does not reach this. A manager of the project or an admin of the lab can change that."
      action={home}
    />
  );
}
