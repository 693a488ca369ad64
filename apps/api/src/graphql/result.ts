import type { ObjectRef } from '@pothos/core';
import { builder } from './builder.ts';
import { Problem } from './request-error.ts';
import { userErrors } from './user-errors.ts';

type SchemaTypes = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never;

/** The payload type of a mutation; whatever is no error is one. */
export function definePayload<Shape extends object>(mutation: string) {
  return builder.objectRef<Shape>(`${capital(mutation)}Payload`);
}

/** The union that a mutation answers with: its payload, or an error that names the cure. */
export function defineResult<Shape extends object>(mutation: string, payload: ObjectRef<SchemaTypes, Shape>) {
  return builder.unionType(`${capital(mutation)}Result`, {
    types: [payload, ...userErrors],
    resolveType: (value) => (value instanceof Problem ? value.type : payload),
  });
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
