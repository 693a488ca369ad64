import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from '@ts-morph/common';
import { errorCodes } from '../../packages/errors/src/codes.ts';

interface Use {
  readonly code: string;
  readonly type: string;
  /** As the source has it, with … for what is filled in; null where it comes from elsewhere. */
  readonly message: string | null;
}

const types: Readonly<Record<string, string>> = {
  ValidationError: 'Change the input.',
  NotFoundError: 'It is not there, or not for you to see.',
  ForbiddenError: 'You may see it, but not do this.',
  ConflictError: 'The state of things speaks against it.',
  QuotaError: 'The lab has no room left.',
};

/** The page of every code that the API answers with, made from the places that throw them. */
export function errorCodesPage(): string {
  const api = join(import.meta.dirname, '../../apps/api/src');
  const uses = readdirSync(api, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .sort()
    .flatMap((path) => usesIn(join(api, path)));
  const byCode = [...Map.groupBy(uses, ({ code }) => code)].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = byCode.map(([code, own]) => {
    const messages = [...new Set(own.flatMap(({ message }) => message ?? []))];
    return row([`\`${code}\``, [...new Set(own.map(({ type }) => type))].join(', '), messages.join('<br>')]);
  });
  return `<!-- Made by \`npm run generate\` from the source; do not edit. -->

# Error codes

A mutation answers with its payload or with a value of one of the types below, all of which are a \`UserError { code message cure subject }\`; a query carries the same \`code\`, \`cure\` and \`subject\` in \`errors[].extensions\`. Programs go by \`code\`, which does not change; \`message\` and \`cure\` are for people.

${table(
  ['type', 'what it asks for'],
  Object.entries(types).map(([type, says]) => row([`\`${type}\``, says])),
)}

## Of requests

\`…\` stands for what is filled in.

${table(['code', 'type', 'message'], rows)}

## Of work in the background

\`errorCode\` of an image, a run, an evaluation, a comparison or a job that failed; \`JOB_FAILED\` is a fault of the server, whose log tells more.

${table(
  ['code', 'what it means'],
  Object.entries(errorCodes).map(([code, says]) => row([`\`${code}\``, says])),
)}
`;
}

function usesIn(file: string): Use[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  return nodesOf(source, isRequestError).flatMap(({ arguments: given }) => {
    const [type, code, message] = given ?? [];
    if (type === undefined || code === undefined) return [];
    const uses = (what: ts.Expression, words: ts.Expression | undefined) =>
      textsOf(what).map((text) => ({ code: text, type: textsOf(type)[0] ?? '', message: wordsOf(words) }));
    if (!ts.isIdentifier(code)) return uses(code, message);
    return callsWith(code, source).flatMap(({ call, places }) => {
      const handed = message !== undefined && ts.isIdentifier(message) ? places.get(message.text) : undefined;
      const named = call.arguments[places.get(code.text) ?? -1];
      return named === undefined ? [] : uses(named, handed === undefined ? message : call.arguments[handed]);
    });
  });
}

function isRequestError(node: ts.Node): node is ts.NewExpression {
  return ts.isNewExpression(node) && node.expression.getText() === 'RequestError';
}

function nodesOf<Kind extends ts.Node>(within: ts.Node, is: (node: ts.Node) => node is Kind): Kind[] {
  const found: Kind[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(within);
  return found;
}

/** The texts that an expression may be. */
function textsOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [templateOf(node)];
  return ts.isConditionalExpression(node) ? [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)] : [];
}

/** The calls, in its file, of the function that has `name` as a parameter, with the places of its parameters. */
function callsWith(name: ts.Identifier, source: ts.SourceFile) {
  let within: ts.Node = name;
  while (!ts.isSourceFile(within)) {
    within = within.parent;
    if (!ts.isFunctionLike(within)) continue;
    const places = new Map(within.parameters.map((one, place) => [one.name.getText(), place]));
    const named = ts.isVariableDeclaration(within.parent) ? within.parent.name : within.name;
    if (!places.has(name.text) || named === undefined) continue;
    return nodesOf(source, ts.isCallExpression)
      .filter((call) => call.expression.getText() === named.getText())
      .map((call) => ({ call, places }));
  }
  return [];
}

function wordsOf(message: ts.Expression | undefined): string | null {
  if (message === undefined) return null;
  if (ts.isStringLiteralLike(message)) return message.text;
  return ts.isTemplateExpression(message) ? templateOf(message) : null;
}

function templateOf({ head, templateSpans }: ts.TemplateExpression): string {
  return head.text + templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly string[]): string {
  return [row(head), row(head.map(() => '---')), ...rows].join('\n');
}
