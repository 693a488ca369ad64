import { builder } from '../../graphql/builder.ts';

export const RunStatusEnum = builder.enumType('RunStatus', {
  description: 'Where work stands. CANCELLING lasts until its worker has stopped.',
  values: ['QUEUED', 'RUNNING', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const,
});
