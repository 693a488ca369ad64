'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { type PayloadOf, useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { ExportModelMutation as Exported } from '#graphql/graphql.ts';
import { Button, buttonStyle } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { formatBytes } from '#ui/format.ts';
import { ProblemNote } from '#ui/problem-note.tsx';
import { saveFile } from '#ui/save-file.ts';

const ExportModelMutation = graphql(`
  mutation ExportModel($input: ExportModelInput!) {
    exportModel(input: $input) {
      ... on ExportModelPayload { modelUrl checksum cardJson cardMarkdown modelVersion { id sizeBytes } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface ExportModelProps {
  readonly version: string;
  /** `HeLa v3`: what files are called. */
  readonly name: string;
}

/** Takes the model elsewhere: its file, its card for people and for programs. */
export function ExportModel({ version, name }: ExportModelProps) {
  const [open, setOpen] = useState(false);
  const [files, setFiles] = useState<PayloadOf<Exported> | null>(null);
  const { mutate, busy, problem } = useMutate(ExportModelMutation, { refresh: false });
  const ask = async () => {
    setFiles(await mutate({ input: { modelVersion: version } }));
    setOpen(true);
  };
  return (
    <>
      <Button icon={<Download aria-hidden="true" />} busy={busy} onClick={() => void ask()}>
        Download
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Download ${name}`}
        says="The file runs on any computer. Keep its card with it: it says what the model is good for."
      >
        <ProblemNote problem={problem} />
        {files !== null && (
          <ul className="flex flex-col gap-2 text-base">
            <li>
              <a href={files.modelUrl} download className={buttonStyle('primary')}>
                {`Model (ONNX, ${formatBytes(files.modelVersion.sizeBytes)})`}
              </a>
            </li>
            <li className="flex flex-wrap gap-2">
              <Button onClick={() => saveFile(`${name} card.md`, 'text/markdown', files.cardMarkdown)}>
                Card for people
              </Button>
              <Button onClick={() => saveFile(`${name} card.json`, 'application/json', files.cardJson)}>
                Card for programs
              </Button>
            </li>
            <li className="mt-1 text-muted text-sm">
              Segment with it on the command line:
              <code className="mt-1 block overflow-x-auto rounded-ui bg-sunken px-2 py-1 font-mono text-ink text-xs">
                npm run cellmixer -- segment mixtures/ --model model.onnx --out found/
              </code>
            </li>
            <li className="text-muted text-xs">
              {'SHA-256 '}
              <span className="font-mono [overflow-wrap:anywhere]">{files.checksum}</span>
            </li>
          </ul>
        )}
      </Dialog>
    </>
  );
}
