'use client';

import { useState } from 'react';
import { Field } from '#ui/field.tsx';
import { Select } from '#ui/select.tsx';

export interface SnippetsProps {
  readonly projects: readonly { readonly id: string; readonly name: string }[];
}

/** Lines to begin a program with, with the ids of a project already in them. */
export function Snippets({ projects }: SnippetsProps) {
  const [project, setProject] = useState(projects[0]?.id ?? '');
  if (project === '') return <p className="text-muted">Begin a project first; its id is needed here.</p>;
  const query = `query($project: ID!) { project(id: $project) { name datasets(first: 10) { edges { node { id name } } } } }`;
  const body = JSON.stringify({ query, variables: { project } });
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <Field label="Project" required>
        <Select className="max-w-sm" value={project} onChange={(event) => setProject(event.target.value)}>
          {projects.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Snippet
        title="curl"
        text={`curl "$SERVER/graphql" \\
  -H "authorization: Bearer $CELLMIXER_KEY" \\
  -H "content-type: application/json" \\
  -d '${body}'`}
      />
      <Snippet
        title="TypeScript, @cellmixer/api-client"
        text={`import { ApiClient } from '@cellmixer/api-client';
import { z } from 'zod';

const client = new ApiClient({ url: process.env.SERVER, apiKey: process.env.CELLMIXER_KEY });
const answer = await client.request(
  \`${query}\`,
  { project: '${project}' },
  z.unknown(),
);`}
      />
      <p className="text-muted">
        SERVER is this portal’s address without a path, CELLMIXER_KEY a key from above. All that the portal
        does goes over this one API; a query for its schema describes it.
      </p>
    </div>
  );
}

function Snippet({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <figure>
      <figcaption className="mb-1 font-medium text-base">{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre tabIndex={0} className="hairline overflow-x-auto rounded-ui bg-surface p-3 font-mono text-xs">
        {text}
      </pre>
    </figure>
  );
}
