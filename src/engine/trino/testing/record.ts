import { z } from 'zod';
import type { TrinoConnection } from '../connection';
import { Transport } from '../transport';
import type { Reply } from './fake-trino';

/** Texts of a server's answers to one statement, in their order. */
export const recordedSchema = z.object({ sql: z.string(), answers: z.array(z.string()) });
export type Recorded = z.output<typeof recordedSchema>;

const nextSchema = z.object({ nextUri: z.string().optional() });
const headers = {
  'x-trino-user': 'micro',
  'x-trino-time-zone': 'UTC',
  'x-trino-client-capabilities': 'PARAMETRIC_DATETIME',
};

/** Runs a statement on a real server and keeps its answers as they are, apart from the server's address. */
export async function recordAnswers(connection: TrinoConnection, sql: string): Promise<Recorded> {
  const transport = new Transport(connection);
  const answers: string[] = [];
  let { body } = await transport.post('v1/statement', sql, headers);
  for (;;) {
    const text = body.toString('utf8');
    answers.push(text.replaceAll(transport.origin, ''));
    const { nextUri } = nextSchema.parse(JSON.parse(text));
    if (nextUri === undefined) break;
    ({ body } = await transport.get(nextUri));
  }
  await transport.close();
  return { sql, answers };
}

/** Replies of a fake server that repeat recorded answers, for one run of the statement. */
export function replay({ answers }: Recorded): { readonly POST: Reply; readonly GET: Reply[] } {
  const [first = '', ...others] = answers;
  const send =
    (text: string): Reply =>
    (response) =>
      response.writeHead(200).end(text);
  return { POST: send(first), GET: others.map(send) };
}
