/** Writes `src/graphql/` from schema.graphql and the documents in the components: types and `graphql()`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import { buildSchema, isAbstractType } from 'graphql';

const root = import.meta.dirname;
const schemaFile = resolve(root, '../../schema.graphql');

await generate(
  {
    cwd: root,
    schema: schemaFile,
    documents: ['src/{api,app,features}/**/*.{ts,tsx}'],
    silent: true,
    errorsOnly: true,
    ignoreNoDocuments: true,
    generates: {
      'src/graphql/': {
        preset: 'client',
        // No hook, in spite of the preset's name for it: it only takes the mask off a fragment's type.
        presetConfig: { fragmentMasking: { unmaskFunctionName: 'readFragment' } },
        config: {
          useTypeImports: true,
          enumsAsTypes: true,
          nonOptionalTypename: true,
          importExtension: '.ts',
          scalars: { DateTime: 'string', JSON: 'unknown', ID: 'string' },
        },
      },
    },
  },
  true,
);

/** Which types an interface or union stands for: Apollo's cache needs it to take fragments on them. */
const schema = buildSchema(readFileSync(schemaFile, 'utf8'));
const possibleTypes = Object.fromEntries(
  Object.values(schema.getTypeMap())
    .filter(isAbstractType)
    .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
);
writeFileSync(
  resolve(root, 'src/graphql/possible-types.ts'),
  `export const possibleTypes: Record<string, string[]> = ${JSON.stringify(possibleTypes)};\n`,
);
