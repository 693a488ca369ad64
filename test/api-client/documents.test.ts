import { globSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type ApiClient, Lab, mutate, mutateOnce, waitFor } from '@cellmixer/api-client';
import { ts } from '@ts-morph/common';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');
const schema = buildSchema(readFileSync(resolve(root, 'schema.graphql'), 'utf8'));
/** They make documents of what their callers give. */
const makers = ['api-client', 'lab', 'mutate', 'mutate-once', 'wait-for'].map(
  (name) => `packages/api-client/src/${name}.ts`,
);
const files = globSync('packages/{api-client,cli}/src/**/*.ts', { cwd: root })
  .filter((path) => !path.endsWith('.test.ts') && !makers.includes(path))
  .map((path) =>
    ts.createSourceFile(path, readFileSync(resolve(root, path), 'utf8'), ts.ScriptTarget.Latest, true),
  );

/** Which arguments of a call become a document, and how it is sent. */
const senders: Readonly<
  Record<
    string,
    { readonly at: readonly number[]; send(client: ApiClient, texts: string[]): Promise<unknown> }
  >
> = {
  mutate: {
    at: [1, 3],
    send: (client, [name = '', fields = '']) => mutate(client, name, {}, fields, z.any()),
  },
  mutateOnce: {
    at: [1, 3],
    send: (client, [name = '', fields = '']) => mutateOnce(client, name, {}, fields, z.any()),
  },
  make: { at: [0, 2], send: (client, [name = '', field = '']) => labOf(client).make(name, {}, field) },
  look: {
    at: [0, 2],
    send: (client, [type = '', fields = '']) => labOf(client).look(type, 'x', fields, z.any()),
  },
  lookAt: {
    at: [0, 2],
    send: (client, [type = '', fields = '']) => labOf(client).lookAt(type, ['x'], fields, z.any()),
  },
  list: {
    at: [0, 2, 3],
    send: (client, [type = '', list = '', fields = '']) =>
      labOf(client).list(type, 'x', list, fields, z.any()),
  },
  ended: {
    at: [0, 2],
    send: (client, [type = '', fields = '']) => waitFor(client, type, 'x', fields, z.any()),
  },
  waitFor: {
    at: [1, 3],
    send: (client, [type = '', fields = '']) => waitFor(client, type, 'x', fields, z.any()),
  },
  request: { at: [0], send: (client, [query = '']) => client.request(query, {}, z.any()) },
};

const labOf = (client: ApiClient): Lab => Object.assign(Object.create(Lab.prototype), { client });

/** The documents that a call sends, as its own maker writes them. */
async function documentsOf(name: string, texts: string[]): Promise<string[]> {
  const sent: string[] = [];
  const refuse = (query: string): never => {
    sent.push(query);
    throw new Error('only written down');
  };
  const client = { request: async (query: string) => refuse(query), subscribe: refuse, pause: refuse };
  await senders[name]!.send(client as unknown as ApiClient, texts).catch(() => {});
  return sent;
}

const functions = ['mutate', 'mutateOnce', 'waitFor'];
type Node = import('@ts-morph/common').ts.Node;

const calls: { readonly place: string; readonly name: string; readonly texts: (string | null)[] }[] = [];
for (const file of files)
  walk(file, (node) => {
    if (!ts.isCallExpression(node)) return;
    const { expression: callee } = node;
    const isMethod = ts.isPropertyAccessExpression(callee);
    const name = isMethod ? callee.name.text : callee.getText(file);
    const sender = Object.hasOwn(senders, name) ? senders[name] : undefined;
    // Functions of the same name as a method are somebody's own.
    if (sender === undefined || isMethod === functions.includes(name)) return;
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    const texts = sender.at.map((at) => textOf(node.arguments[at]));
    calls.push({ place: `${relative('.', file.fileName)}:${line + 1}`, name, texts });
  });

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** What a name was set to where it is used, or else in the file that it comes from. */
function constantOf(name: string, from: Node): Node | undefined {
  for (let block: Node | undefined = from; block !== undefined; block = block.parent) {
    if (!ts.isBlock(block) && !ts.isSourceFile(block)) continue;
    const found = declared(name, block.statements);
    if (found !== undefined) return found;
  }
  return files.map((file) => declared(name, file.statements)).find((found) => found !== undefined);
}

function declared(name: string, statements: Iterable<Node>): Node | undefined {
  for (const statement of statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const found = statement.declarationList.declarations.find((one) => one.name.getText() === name);
    if (found !== undefined) return found.initializer;
  }
  return undefined;
}

/** @returns null where the text is made as the program runs */
function textOf(node: Node | undefined): string | null {
  if (node === undefined) return null;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isIdentifier(node)) return textOf(constantOf(node.text, node));
  if (!ts.isTemplateExpression(node)) return null;
  let text = node.head.text;
  for (const { expression, literal } of node.templateSpans) {
    const part = textOf(expression);
    if (part === null) return null;
    text += part + literal.text;
  }
  return text;
}

describe('documents that are written by hand', () => {
  it('are found, all of them', () => {
    expect(calls.length).toBeGreaterThan(25);
    expect(calls.filter(({ texts }) => texts.includes(null)).map(({ place }) => place)).toEqual([]);
  });

  it.each(calls.map(({ place, name, texts }) => [place, name, texts] as const))(
    '%s: %s asks for what the schema has',
    async (_place, name, texts) => {
      const sent = await documentsOf(name, texts as string[]);
      expect(sent.length).toBeGreaterThan(0);
      for (const query of sent) {
        const problems = validate(schema, parse(query)).map(({ message }) => message);
        expect(problems, query).toEqual([]);
      }
    },
  );
});
