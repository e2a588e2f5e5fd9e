import { toAppError } from '../../../contract/app-error';
import { generatorRequestSchema, type GeneratorReply } from '../../../contract/rpc/generator-messages';
import { EventWriter } from './writer';

/** The generator process's end of the message channel. */
export interface GeneratorEndpoint {
  post(reply: GeneratorReply): void;
  onMessage(listener: (message: unknown) => void): void;
}

/**
 * Answers the coordinator's messages, one after the other, as long as the process lives. Requests may arrive before
 * earlier ones are answered. After a failure the coordinator ends the process.
 */
export function serveGenerator(endpoint: GeneratorEndpoint): void {
  let writer: Promise<EventWriter> | undefined;
  let queue: Promise<void> = Promise.resolve();

  const answer = async (message: unknown): Promise<GeneratorReply> => {
    const request = generatorRequestSchema.parse(message);
    if (request.type === 'prepare') {
      writer = EventWriter.open(request);
      await writer;
      return { type: 'ready' };
    }
    if (!writer) throw new Error('A generator process was asked to write before it was prepared.');
    const bytes = await (await writer).write(request.chunk, (rows) => endpoint.post({ type: 'writing', rows }));
    return { type: 'written', chunkIndex: request.chunk.index, bytes };
  };

  const reply = async (message: unknown): Promise<void> => {
    try {
      endpoint.post(await answer(message));
    } catch (error) {
      endpoint.post({ type: 'failed', error: toAppError(error).toReport() });
    }
  };

  endpoint.onMessage((message) => {
    queue = queue.then(() => reply(message));
  });
}
