import { oc } from '@orpc/contract';
import { errorDetailsSchema, type ErrorCode } from '../app-error';

const details = { data: errorDetailsSchema };

/** Every method may fail with every code: one map, so that no method omits one. */
const errorMap = {
  INVALID_OPTIONS: details,
  NEEDS_CONFIRMATION: details,
  WORKSPACE_INVALID: details,
  WORKSPACE_READ_ONLY: details,
  WORKSPACE_BUSY: details,
  LINK_NOT_ALLOWED: details,
  DISK_FULL: details,
  TOO_MANY_FILES: details,
  NO_EVENTS: details,
  PARQUET_DAMAGED: details,
  MODEL_INVALID: details,
  DATABASE_LOCKED: details,
  DATABASE_DAMAGED: details,
  DATABASE_UNSAFE: details,
  SQL_ERROR: details,
  SQL_READ_ONLY: details,
  OUT_OF_MEMORY: details,
  DUCKDB_FAILED: details,
  RESULT_GONE: details,
  CLUSTER_UNREACHABLE: details,
  CLUSTER_CERTIFICATE: details,
  CLUSTER_SIGN_IN: details,
  CLUSTER_RIGHTS: details,
  CLUSTER_QUERY: details,
  CLUSTER_READ_ONLY: details,
  CLUSTER_FAILED: details,
  CLUSTER_ANSWER: details,
  CLUSTER_NOT_SET_UP: details,
  CLUSTER_BUSY: details,
  LOCATION_INVALID: details,
  LOCATION_UNREACHABLE: details,
  LOCATION_RIGHTS: details,
  LOCATION_CONFLICT: details,
  SHARDS_MISSING: details,
  CANCELLED: details,
  WORKER_CRASHED: details,
  INTERNAL: details,
} satisfies Record<ErrorCode, typeof details>;

/** The base of every contract method: `procedure.input(schema).output(schema)`. */
export const procedure = oc.errors(errorMap);
