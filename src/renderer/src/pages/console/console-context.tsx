import { createContext, use, useState, type ReactNode } from 'react';
import { useConnectionObject } from '../../client/connection-context';
import { QuerySession } from '../../results/query-session';

const firstText = `-- Press Run, or Ctrl+Enter (Cmd+Enter on a Mac).
SELECT event_name, count(*) AS events, count(DISTINCT team_id) AS teams
FROM silver_events
GROUP BY event_name
ORDER BY events DESC;
`;

/** What is written in the console and what came of it. */
export class ConsoleTab {
  #text = firstText;
  #shown = 0;
  readonly #listeners = new Set<() => void>();

  constructor(readonly session: QuerySession) {}

  get text(): string {
    return this.#text;
  }

  write(text: string): void {
    this.#text = text;
  }

  /** Puts SQL that was not typed here into the editor. */
  show(text: string): void {
    this.#text = text;
    this.#shown += 1;
    for (const listener of this.#listeners) listener();
  }

  /** Changes whenever the editor has to begin anew. */
  readonly getShown = (): number => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  run(): void {
    void this.session.run(this.#text);
  }
}

const ConsoleContext = createContext<ConsoleTab | null>(null);

/** Keeps the console while other pages are shown; a statement goes on running meanwhile. */
export function ConsoleProvider({ children }: { children: ReactNode }) {
  const connection = useConnectionObject();
  const [tab] = useState(() => new ConsoleTab(new QuerySession(() => connection.getState().warehouse?.client ?? null)));
  return <ConsoleContext value={tab}>{children}</ConsoleContext>;
}

export function useConsole(): ConsoleTab {
  const tab = use(ConsoleContext);
  if (!tab) throw new Error('A ConsoleProvider is missing above this component.');
  return tab;
}
