'use client';

import { useLive } from '#api/use-live.ts';
import type { HomeRunningQuery as Data } from '#graphql/graphql.ts';
import { Section } from '#ui/page-header.tsx';
import { paths } from '../paths.ts';
import { isUnderWay } from '../run/run-words.ts';
import { type RunningItem, RunningList } from '../run/running-list.tsx';
import { HomeRunningQuery } from './home-running-query.ts';

/** What is under way in the lab's newest projects; nothing where all is quiet. */
export function HomeRunning({
  organization,
  initial,
}: {
  readonly organization: string;
  readonly initial: Data;
}) {
  const data = useLive(HomeRunningQuery, {
    variables: { organization },
    initial,
    isRunning: (seen) => underWay(seen).length > 0,
  });
  const items = underWay(data);
  if (items.length === 0) return null;
  return (
    <Section title="Runs now">
      <RunningList items={items} />
    </Section>
  );
}

function underWay({ organization }: Data): readonly RunningItem[] {
  const projects = organization?.projects.edges.map(({ node }) => node) ?? [];
  return projects
    .flatMap((project) => [
      ...project.trainingRuns.edges.map(({ node }) => ({
        id: node.id,
        href: paths.run(project.id, node.id),
        name: node.name,
        says: `Training in ${project.name}`,
        status: node.status,
        done: node.step,
        total: node.steps,
        secondsLeft: node.secondsLeft,
      })),
      ...project.segmentationRuns.edges.map(({ node }) => ({
        id: node.id,
        href: paths.segmentationRun(project.id, node.id),
        name: `${node.modelVersion.model.name} v${node.modelVersion.number}`,
        says: `Segmentation in ${project.name}`,
        status: node.status,
        done: node.done,
        total: node.total,
        secondsLeft: null,
      })),
    ])
    .filter(({ status }) => isUnderWay(status));
}
