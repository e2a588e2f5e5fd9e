import { sum } from '../../contract/sum';
import type { WarehouseSummary } from '../../contract/warehouse';
import type { Database } from '../database/database';
import { listEvents, type EventFile } from '../events/event-files';
import { fileBytes } from '../fs/exists';
import { recordedDays, type DayFiles } from '../partitions/partitions';
import { staleDaysOf } from '../records/manifest';
import type { WarehouseRecords } from '../records/records';
import type { Workspace } from '../workspace';

interface Summarised {
  readonly workspace: Workspace;
  readonly database: Database;
  readonly records: WarehouseRecords;
  readonly filesByDay: (files: readonly EventFile[]) => Promise<DayFiles[]>;
}

/** The state of the warehouse at a glance; reads footers only of files with an unknown row count. */
export async function summaryOf({
  workspace,
  database,
  records: stored,
  filesByDay,
}: Summarised): Promise<WarehouseSummary> {
  const listing = await listEvents(workspace);
  const { files } = listing;
  const here = await filesByDay(files);
  const { records, problem } = await stored.recordsOrProblem();
  const lastRefresh = records.history.find(({ status }) => status === 'succeeded') ?? null;
  const recorded = await stored.clusterDays();
  const partitions = recorded === null ? here : recordedDays(recorded);
  const staleDays = recorded === null ? staleDaysOf(records.manifest, listing) : [];
  return {
    partitions: partitions.length,
    files: sum(partitions.map((day) => day.files)),
    rows: sum(partitions.map(({ rows }) => rows)),
    bytes: sum(partitions.map(({ bytes }) => bytes)),
    firstDate: partitions.at(0)?.date ?? null,
    lastDate: partitions.at(-1)?.date ?? null,
    damagedFiles: partitions.flatMap(({ damagedFiles }) => damagedFiles),
    daysHere: here.length,
    lastRefresh,
    stale: staleDays.length > 0,
    staleDays: [...staleDays],
    leftOutFiles: [...records.manifest.values()].flatMap((file) => (file.left_out ? file.path : [])),
    unread: [...listing.unread],
    unreadCount: listing.unreadCount,
    // The last transactions are in the write-ahead log until the next checkpoint.
    databaseBytes: (await fileBytes(workspace.database)) + (await fileBytes(`${workspace.database}.wal`)),
    databaseFile: database.fileState.value,
    problem,
  };
}
