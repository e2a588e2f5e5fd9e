import { z } from 'zod';
import { StoredState, useKept, useWorkspaceOwner } from '../client/kept-state';

const keptChecks = new StoredState<readonly string[]>([], 'checks', z.array(z.string()));

/** The names of the checks that the days are filtered by, of the open workspace; none for all checks. */
export function useCheckFilter() {
  return useKept(keptChecks, useWorkspaceOwner());
}
