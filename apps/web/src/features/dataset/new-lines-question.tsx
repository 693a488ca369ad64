import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { formatCount } from '#ui/format.ts';

export interface NewLinesQuestionProps {
  /** As the files' names give them; none: nothing is asked. */
  readonly names: readonly string[];
  readonly onAgree: () => void;
  readonly onGoBack: () => void;
}

/** Names the cell lines that the registry does not know, before anything is written. */
export default function NewLinesQuestion({ names, onAgree, onGoBack }: NewLinesQuestionProps) {
  const count = formatCount(names.length, 'cell line');
  return (
    <Dialog
      open={names.length > 0}
      onOpenChange={(open) => !open && onGoBack()}
      title={`${count} ${names.length === 1 ? 'is' : 'are'} new and will be registered`}
      says="The lab’s registry does not know these names. Nothing is written yet: where one is no cell line, or is spelt differently there, go back and change the pattern, or label those pictures by hand."
    >
      <ul
        aria-label="New cell lines"
        className="hairline max-h-60 overflow-y-auto rounded-ui bg-sunken px-3 py-1.5 text-base"
      >
        {names.map((name) => (
          <li key={name} className="[overflow-wrap:anywhere]">
            {name}
          </li>
        ))}
      </ul>
      <DialogButtons>
        <Button onClick={onGoBack}>Go back</Button>
        <Button kind="primary" onClick={onAgree}>
          Register and fill
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
