/** As much of a message of oRPC, of either direction, as matters here. */
type PortMessage = readonly [id: string, type: number, payload: unknown];

/**
 * `experimental_transfer` of every RPCLink and RPCHandler: an empty list makes oRPC post messages by structured clone,
 * so that bytes stay bytes; its default codec writes JSON. Nothing is ever moved instead of copied: buffers that are
 * moved from the window to a utility process arrive as null. A stream can't be cloned, so messages whose body is one
 * keep the default codec (null), which sends the stream's events one by one.
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
