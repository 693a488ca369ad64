import { EntryPage } from '../account/entry-page.tsx';

/** For who comes with a reviewer's link that shows nothing any more. */
export function LinkOver() {
  return (
    <EntryPage
      title="This link shows nothing any more"
      says="Its time is over, or it was taken back. Whoever sent it to you can make a new one."
    >
      {null}
    </EntryPage>
  );
}
