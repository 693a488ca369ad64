import { formatCount } from '#ui/format.ts';

/** What the API's actions are called among people: after a name, as in “A. Tester made a project”. */
const words: Readonly<Record<string, string>> = {
  abortUploads: 'gave up uploads',
  acceptComparison: 'accepted a model after a comparison',
  acceptForegrounds: 'accepted foregrounds',
  acceptInvitation: 'joined the lab',
  acceptShare: 'accepted a lent dataset',
  applyFilenamePattern: 'labelled pictures by their names',
  cancelExport: 'stopped an export',
  cancelSegmentationRun: 'stopped a segmentation',
  cancelTrainingRun: 'stopped a training',
  cloneTrainingRun: 'began a training again with another seed',
  completeUploads: 'uploaded pictures',
  correctCells: 'corrected cells',
  createApiKey: 'made an API key',
  createComparison: 'made a comparison',
  createDataset: 'made a dataset',
  createFirstAccount: 'made the first account',
  createOrganization: 'made the lab',
  createProject: 'began a project',
  createResetLink: 'made a link for a new password',
  createReviewerLink: 'made a link for a reviewer',
  createSegmentationRun: 'began a segmentation',
  createTeam: 'made a team',
  createTrainingRun: 'began a training',
  createUploads: 'began to upload',
  declineShare: 'declined or handed back a lent dataset',
  deleteAnnotation: 'deleted an annotation',
  deleteNodes: 'put into the trash',
  evaluateModel: 'had a model judged',
  exportModel: 'exported a model',
  exportSegmentations: 'exported segmentations',
  importSamples: 'imported samples',
  invite: 'invited somebody',
  inviteOwner: 'made a new link for the owner',
  labelImages: 'labelled pictures',
  registerCellLine: 'registered a cell line',
  removeMember: 'took somebody out of the lab',
  restoreNodes: 'restored from the trash',
  resumeTrainingRun: 'resumed a training',
  retrySegmentations: 'tried failed segmentations again',
  revokeApiKey: 'ended an API key',
  revokeInvitation: 'took an invitation back',
  revokeReviewerLink: 'took a reviewer’s link back',
  revokeShare: 'took a lent dataset back',
  setModelStage: 'set a model’s stage',
  setProjectRole: 'set a role in a project',
  setQuota: 'set the lab’s room',
  setRole: 'set a role in the lab',
  setTeamMembers: 'set who is in a team',
  shareDataset: 'offered a dataset',
  snapshotDataset: 'took a snapshot',
  startNullSplit: 'began a null split',
  tuneForeground: 'tuned foregrounds',
  updateCellLine: 'changed a cell line',
  updateDataset: 'changed a dataset',
  updateProject: 'renamed a project',
  uploadAnnotations: 'uploaded annotations',
};

/** The action as it reads; its own name where it has no words yet. */
export function actionWords(action: string): string {
  return words[action] ?? action;
}

/** Details that say by themselves what they are. */
const bare: ReadonlySet<string> = new Set(['email', 'note', 'reason', 'why']);
const quoted: ReadonlySet<string> = new Set(['name', 'dataset']);
/** Details that are counts of what they are called. */
const counted: ReadonlySet<string> = new Set('cells days files images maps masks members samples'.split(' '));
const constants: Readonly<Record<string, string>> = { CELLMIXER: 'with mixtures' };
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The details on one line: `“Plate 1” · role: member · 3 images`. What is nested, long or an id is left out. */
export function detailWords(details: unknown): string {
  if (typeof details !== 'object' || details === null) return '';
  return Object.entries(details)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]): [string, string] => [name, String(value).trim()])
    .filter(([, value]) => value !== '' && value.length <= 120 && !ID.test(value))
    .map(([name, value]) => {
      if (quoted.has(name)) return `“${value}”`;
      if (counted.has(name)) return formatCount(Number(value), name.slice(0, -1));
      if (bare.has(name)) return value;
      const said = /^[A-Z_]{2,}$/.test(value)
        ? (constants[value] ?? value.replaceAll('_', ' ').toLowerCase())
        : value;
      return `${name.replace(/([A-Z])/g, ' $1').toLowerCase()}: ${said}`;
    })
    .join(' · ');
}
