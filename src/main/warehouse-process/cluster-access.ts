import { AppError } from '../../contract/app-error';
import type { ClusterAccess } from '../../contract/cluster';
import type { FromSupervisor, ToSupervisor } from '../supervisor/messages';

type Answer = Extract<FromSupervisor, { type: 'cluster-access' }>;

/**
 * Asks main for the cluster of the workspace, with its secret, which only main can decrypt. Asked for each piece of
 * work, so that a change of the settings applies at once and the secret isn't kept here.
 */
export class ClusterAccessRequests {
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #next = 1;

  constructor(private readonly tell: (message: ToSupervisor) => void) {}

  /** @throws AppError INVALID_OPTIONS if no cluster is set */
  readonly ask = async (): Promise<ClusterAccess> => {
    const id = this.#next;
    this.#next += 1;
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve);
      this.tell({ type: 'cluster-access', id });
    });
    if (answer.outcome.given) return answer.outcome.access;
    const { code, message, action } = answer.outcome.error;
    throw new AppError(code, message, { action });
  };

  /** Main's answer to one of the questions. */
  answer(answer: Answer): void {
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
  }
}
