/** The parts of an oRPC message, in either direction, that are used here. */
type PortMessage = readonly [id: string, type: number, payload: unknown];

/**
 * `experimental_transfer` of every RPCLink and RPCHandler: an empty list makes oRPC post messages by structured clone,
 * so that bytes stay bytes; its default codec writes JSON. Buffers are copied, never transferred: those transferred
 * from the window to a utility process arrive as null. A stream can't be cloned, so messages with a stream as body keep
 * the default codec (null), which sends its events one by one.
 */
export function portTransfer([, , payload]: PortMessage): [] | null {
  return isStream(bodyOf(payload)) ? null : [];
}

function bodyOf(payload: unknown): unknown {
  return typeof payload === 'object' && payload !== null && 'body' in payload ? payload.body : undefined;
}

function isStream(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
