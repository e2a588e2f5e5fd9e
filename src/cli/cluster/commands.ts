import { AppError } from '../../contract/app-error';
import { versionNote, type ClusterAccess, type ClusterTestReport } from '../../contract/cluster';
import { openCluster } from '../../engine/cluster/open-cluster';
import { ClusterSession } from '../../engine/cluster/session';
import { setUp, setUpPlan } from '../../engine/cluster/set-up';
import { testConnection } from '../../engine/cluster/test-connection';
import { print, printJson } from '../output/output';
import { plural } from '../output/words';

interface Output {
  readonly json: boolean;
}

/** Signs in and prints the nodes, the version, and what the user may read and write. Fails if a refresh couldn't run. */
export async function clusterTestCommand(access: ClusterAccess, { json }: Output, signal: AbortSignal): Promise<void> {
  const report = await withSession(access, signal, testConnection);
  if (json) await printJson(report);
  else await print(...describe(report, access));
}

/** Prints the SQL that sets the cluster up, and runs it if `yes` is set. */
export async function clusterSetUpCommand(
  access: ClusterAccess,
  { json, yes }: Output & { readonly yes: boolean },
  signal: AbortSignal,
): Promise<void> {
  await withSession(access, signal, async (session) => {
    const plan = setUpPlan(session);
    if (!json) await print(...plan.flatMap(({ purpose, sql }) => [`-- ${purpose}`, `${sql};`, '']));
    if (!yes) {
      throw new AppError('NEEDS_CONFIRMATION', 'Nothing was created yet.', {
        action: 'Add --yes to run these statements. Each leaves alone what exists.',
      });
    }
    await setUp(session);
    if (json) await printJson({ statements: plan });
    else await print(`${access.settings.server} is set up.`);
  });
}

async function withSession<T>(
  access: ClusterAccess,
  signal: AbortSignal,
  work: (session: ClusterSession) => Promise<T>,
): Promise<T> {
  const client = await openCluster(access);
  try {
    return await work(new ClusterSession(client, access.settings, { signal }));
  } finally {
    await client.close();
  }
}

function describe(report: ClusterTestReport, { settings }: ClusterAccess): string[] {
  const { nodes, version } = report;
  const note = versionNote(version);
  const workers = nodes?.filter(({ coordinator }) => !coordinator).length;
  const size = workers === undefined ? 'nodes: not visible to this user' : plural(workers, 'worker');
  const able = (what: string, { possible, reason }: ClusterTestReport['readEvents']) =>
    `  ${what}: ${possible ? 'yes' : `no (${reason ?? 'unknown'})`}`;
  return [
    `${settings.server}: Trino ${version}, ${size}`,
    ...(note === null ? [] : [`  ${note}`]),
    able('read events', report.readEvents),
    able('read results', report.readResults),
    able('write results', report.writeResults),
    `  set up: ${report.isSetUp ? 'yes' : 'no (run: micro-warehouse cluster setup)'}`,
  ];
}
