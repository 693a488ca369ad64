import { registerHooks } from 'node:module';

// Knip reads sources through the JavaScript API of TypeScript 5, which TypeScript 7 no longer has. The one that
// ts-morph carries brings no `tsc` of its own into node_modules/.bin.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'typescript'
      ? { url: new URL('typescript-api.mjs', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
