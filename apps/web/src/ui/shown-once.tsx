import { Button } from './button.tsx';
import { CopyLine } from './copy-line.tsx';
import { DialogButtons } from './dialog.tsx';

export interface ShownOnceProps {
  /** What to do with it, and that it is not shown again. */
  readonly says: string;
  /** What it is, for those who hear it. */
  readonly label: string;
  /** Null where it was made, but the answer that carried it did not arrive. */
  readonly text: string | null;
  /** What was made then, and how it is made again. */
  readonly lost: string;
  readonly onEnd: () => void;
}

/** The end of a dialog that has made a link or a key: shown this once, to be copied. */
export function ShownOnce({ says, label, text, lost, onEnd }: ShownOnceProps) {
  return (
    <div className="flex flex-col gap-3">
      {text === null ? (
        <p role="alert">{lost}</p>
      ) : (
        <>
          <p>{says}</p>
          <CopyLine label={label} text={text} />
        </>
      )}
      <DialogButtons>
        <Button kind="primary" onClick={onEnd}>
          Done
        </Button>
      </DialogButtons>
    </div>
  );
}
