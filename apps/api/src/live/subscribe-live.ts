import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { executeByLevel } from '../execution/execute-by-level.ts';
import type { LiveEvent } from './watch-node.ts';

/** Like `subscribe` of graphql-js, but each event is resolved with the rights that it brings along. */
export async function subscribeLive(
  args: ExecutionArgs,
): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]() as AsyncGenerator<LiveEvent<unknown>>;
  const answer = async (
    result: IteratorResult<LiveEvent<unknown>>,
  ): Promise<IteratorResult<ExecutionResult>> => {
    if (result.done === true) return { done: true, value: undefined };
    const event = result.value;
    const { context } = event;
    return { done: false, value: await executeByLevel({ ...args, rootValue: event, contextValue: context }) };
  };
  const answers: AsyncGenerator<ExecutionResult> = {
    next: async () => answer(await events.next()),
    return: async () => answer(await events.return(undefined)),
    throw: async (error) => answer(await events.throw(error)),
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await events.return(undefined);
    },
  };
  return answers;
}
