import type { Action } from '../access/table.ts';
import type { NodeType } from '../access/visible.ts';
import type { Who } from './world.ts';

const inProject: readonly Who[] = ['owner', 'admin', 'manager', 'editor', 'viewer', 'teammate', 'guest'];
const inLab: readonly Who[] = [...inProject, 'member'];
const withDataset: readonly Who[] = [...inProject, 'borrower', 'reviewer'];
const admins: readonly Who[] = ['owner', 'admin'];
const managers: readonly Who[] = [...admins, 'manager'];

/** Who sees the first lab's row of each type, written out from the design and not from the code. */
export const seers: Readonly<Record<NodeType, readonly Who[]>> = {
  Organization: inLab,
  Member: inLab,
  Team: inLab,
  Invitation: admins,
  ApiKey: [...admins, 'editor'],
  // The line is in use in what is lent, and its name goes along.
  CellLine: [...inLab, 'borrower', 'reviewer'],
  Project: inProject,
  ProjectGrant: inProject,
  Sample: inProject,
  Dataset: withDataset,
  Image: withDataset,
  Foreground: withDataset,
  Annotation: withDataset,
  DatasetVersion: withDataset,
  DatasetShare: [...inProject, 'borrower'],
  ReviewerLink: managers,
  TrainingRun: inProject,
  Model: inProject,
  ModelVersion: inProject,
  SegmentationRun: inProject,
  Segmentation: inProject,
  Evaluation: inProject,
  Comparison: inProject,
  Export: inProject,
  Job: inProject,
  AuditEvent: managers,
  Notification: ['editor'],
  TrashItem: [...managers, 'editor', 'teammate'],
};

const editors: readonly Who[] = [...managers, 'editor', 'teammate'];
/** Who may do what in the first lab's project, from the design's table. */
export const doers: Readonly<Record<Action, readonly Who[]>> = {
  'organization.see': inLab,
  'addresses.see': inLab.filter((who) => who !== 'guest'),
  'registry.see': inLab.filter((who) => who !== 'guest'),
  'registry.edit': editors,
  'project.create': inLab.filter((who) => who !== 'guest'),
  'project.see': inProject,
  'dataset.see': withDataset,
  'data.edit': editors,
  'work.run': editors,
  'dataset.use': [...editors, 'borrower'],
  'decide.any': managers,
  'decide.own': editors,
  'project.manage': managers,
  'organization.manage': admins,
  'audit.see': managers,
};
