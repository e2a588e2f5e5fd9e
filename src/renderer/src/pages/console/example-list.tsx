import { skipToken, useQuery } from '@tanstack/react-query';
import { useConnection } from '../../client/connection-context';
import { useCluster } from '../../cluster/use-cluster';
import { errorReportOf } from '../../client/error-report';
import { ErrorNotice } from '../../components/error-notice';
import { SkeletonRows } from '../../components/skeleton';
import type { ConsoleTabs } from '../../console/console-tabs';

/** The example queries; each opens in a new tab. */
export function ExampleList({ tabs }: { tabs: ConsoleTabs }) {
  const { main } = useConnection();
  const cluster = useCluster();
  const { data, error } = useQuery({
    queryKey: ['examples'],
    queryFn: main ? () => main.client.console.examples() : skipToken,
    staleTime: Infinity,
  });
  if (error) return <ErrorNotice error={errorReportOf(error)} className="m-3" />;
  if (!data) return <SkeletonRows rows={6} />;
  const examples = data.filter(({ on }) => on === 'local' || cluster !== null);
  const groups = [...new Set(examples.map(({ group }) => group))];
  return (
    <div className="h-full overflow-y-auto p-1.5">
      {groups.map((group) => (
        <section key={group} aria-label={group} className="mb-2">
          <h2 className="px-2 py-1 text-small font-medium text-ink-soft">{group}</h2>
          <ul>
            {examples.flatMap((example) =>
              example.group === group ? (
                <li key={example.name}>
                  <button
                    type="button"
                    onClick={() => tabs.add({ text: example.sql, name: example.title, on: example.on })}
                    className="w-full rounded-medium px-2 py-1 text-left hover:bg-hover"
                  >
                    {example.title}
                  </button>
                </li>
              ) : (
                []
              ),
            )}
          </ul>
        </section>
      ))}
    </div>
  );
}
