import { z } from 'zod';
import { columnSchema } from './column-type';
import { columnProfileSchema, modelColumnProfileSchema } from './result-work';

/** Something that SQL can read from: a table or view of the warehouse, or a file of the workspace. */
export const sourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('table'), schema: z.string(), name: z.string() }),
  /** A temporary table or view, which only its session can read. */
  z.object({ kind: z.literal('temporary'), sessionId: z.string(), name: z.string() }),
  /** The path from the workspace, with `/`. */
  z.object({ kind: z.literal('file'), path: z.string() }),
]);
export type Source = z.infer<typeof sourceSchema>;

/** A file of the workspace that SQL can read. */
export const sourceFileSchema = z.object({
  /** From the workspace, with `/`. */
  path: z.string(),
  /** The file as SQL refers to it after FROM. */
  sql: z.string(),
});
export type SourceFile = z.infer<typeof sourceFileSchema>;

export const sourceFilesSchema = z.object({
  /** By path. */
  files: z.array(sourceFileSchema),
  /** Whether the workspace has more entries than are listed. */
  truncated: z.boolean(),
});
export type SourceFiles = z.infer<typeof sourceFilesSchema>;

export const sourceColumnsSchema = z.array(columnSchema);

export const sourceProfileRequestSchema = z.object({ source: sourceSchema, column: z.string() });

/** The profile of a column of a source; of a large one, from a part of its rows. */
export const sourceProfileSchema = columnProfileSchema.extend({
  /** Days that were sampled; null if none were. */
  sample: modelColumnProfileSchema.shape.sample,
  /** Set if only that many rows, the first ones, were read. */
  firstRows: z.int().positive().nullable(),
});
export type SourceProfile = z.infer<typeof sourceProfileSchema>;
