import { z } from 'zod';
import { errorReportSchema } from '../contract/app-error';

/** Warehouse process to its supervisor, once, after it has tried to open the warehouse. */
export const toSupervisorSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('failed'), error: errorReportSchema }),
]);

export type ToSupervisor = z.infer<typeof toSupervisorSchema>;
