import path from 'node:path';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { type AppError, toAppError } from '../../contract/app-error';
import { portTransfer } from '../../contract/rpc/port-transfer';
import { systemError } from '../../engine/fs/system-error';

type ServedRouter = ConstructorParameters<typeof RPCHandler>[0];

/** Handles calls at `port` until its other end closes; pending calls are then aborted. */
export function serve(router: ServedRouter, port: SupportedMessagePort & { start(): void }): void {
  new RPCHandler(router, { experimental_transfer: portTransfer }).upgrade(port);
  port.start();
}

/** Middleware of every method: passes an AppError on with its code, message and details. */
export async function reportErrors<T>({ next }: { next: () => T | PromiseLike<T> }): Promise<T> {
  try {
    return await next();
  } catch (error) {
    throw rpcError(error);
  }
}

/** The same for errors of a stream, which bypass the middleware. */
export async function* reportStreamErrors<T>(stream: AsyncIterable<T>): AsyncGenerator<T, void, void> {
  try {
    yield* stream;
  } catch (error) {
    throw rpcError(error);
  }
}

function rpcError(error: unknown): unknown {
  if (error instanceof ORPCError) return error;
  const { code, message, details } = systemErrorOf(error) ?? toAppError(error);
  return new ORPCError(code, { message, data: details });
}

/** A refusal of the system in words, such as a folder without read permission. */
function systemErrorOf(error: unknown): AppError | null {
  if (!(error instanceof Error) || !('path' in error) || typeof error.path !== 'string') return null;
  return systemError(error, path.dirname(error.path));
}
