import { HomePage } from '#features/project/home-page.tsx';

export default function Page() {
  return <HomePage />;
}
