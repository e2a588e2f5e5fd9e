import type { SupportedMessagePort } from '@orpc/client/message-port';
import { ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { toAppError } from '../../contract/app-error';
import { portTransfer } from '../../contract/rpc/port-transfer';

type ServedRouter = ConstructorParameters<typeof RPCHandler>[0];

/** Answers the calls that arrive at `port` until its other end goes; calls under way are aborted then. */
export function serve(router: ServedRouter, port: SupportedMessagePort & { start(): void }): void {
  new RPCHandler(router, { experimental_transfer: portTransfer }).upgrade(port);
  port.start();
}

/** Middleware of every method: an AppError crosses the boundary with its code, message and details. */
export async function reportErrors<T>({ next }: { next: () => T | PromiseLike<T> }): Promise<T> {
  try {
    return await next();
  } catch (error) {
    throw rpcError(error);
  }
}

/** The same for the errors of a stream, which the middleware does not see. */
export async function* reportStreamErrors<T>(stream: AsyncIterable<T>): AsyncGenerator<T, void, void> {
  try {
    yield* stream;
  } catch (error) {
    throw rpcError(error);
  }
}

function rpcError(error: unknown): unknown {
  if (error instanceof ORPCError) return error;
  const { code, message, details } = toAppError(error);
  return new ORPCError(code, { message, data: details });
}
