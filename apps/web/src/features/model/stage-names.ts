import type { ModelStage } from '#graphql/graphql.ts';

export const stageNames: Readonly<Record<ModelStage, string>> = {
  CANDIDATE: 'candidate',
  ACCEPTED: 'accepted',
  ARCHIVED: 'archived',
};
