import { oc } from '@orpc/contract';
import { errorCodes, errorDetailsSchema, type ErrorCode } from './app-error';

type ErrorMap = Record<ErrorCode, { data: typeof errorDetailsSchema }>;

/** Every method may fail with every code of {@link errorCodes}: one map, so that no method forgets one. */
const errorMap = Object.fromEntries(errorCodes.map((code) => [code, { data: errorDetailsSchema }])) as ErrorMap;

/** Where a contract's method starts: `procedure.input(schema).output(schema)`. */
export const procedure = oc.errors(errorMap);
