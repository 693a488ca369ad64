/** What people call a type. */
export function nounOf(type: string): string {
  return nouns[type] ?? type.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

const nouns: Readonly<Record<string, string>> = {
  ApiKey: 'API key',
  DatasetShare: 'offer of a dataset',
  DatasetVersion: 'snapshot',
  Organization: 'lab',
  TrainingRun: 'training',
};
