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
  evaluateModel: 'had a model checked',
  exportModel: 'exported a model',
  exportSegmentations: 'exported segmentations',
  importSamples: 'imported samples',
  invite: 'invited somebody',
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

/** The details on one line: `name: Plate 1, role: MEMBER`. What is nested or long is left out. */
export function detailWords(details: unknown): string {
  if (typeof details !== 'object' || details === null) return '';
  return Object.entries(details)
    .filter(
      ([, value]) => ['string', 'number', 'boolean'].includes(typeof value) && String(value).length <= 120,
    )
    .map(([name, value]) => `${name.replace(/([A-Z])/g, ' $1').toLowerCase()}: ${String(value)}`)
    .join(', ');
}
