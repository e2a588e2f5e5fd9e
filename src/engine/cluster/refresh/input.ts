import { bronze } from '../../../contract/relations';
import { fingerprints, type ModelSet } from '../../models/models';
import { rowCondition, type CheckFile } from '../../models/check-file';
import type { ModelFile } from '../../models/model-file';
import { codeOf, withoutEnd } from '../../sql/sql-comments';
import { trinoTextOf, type PortabilityProblem } from '../portable/portability';
import { refuseOtherSchemas } from '../portable/own-schema';
import type { ClusterFile, LeftOutFile } from './files';
import type { ClusterModel, ClusterRefreshRecord } from './state';

/** A check as it runs on the cluster. */
export interface ClusterCheck {
  readonly check: CheckFile;
  readonly sql: string;
  /** Set if it is a condition on single rows of bronze. */
  readonly condition: string | null;
}

/** What runs on the cluster: the texts of models and checks. */
export interface ClusterProgram {
  /** In the order of their dependencies, without those in `notPortable` and those that depend on one. */
  readonly models: readonly ModelFile[];
  /** The SELECT of each model. */
  readonly texts: ReadonlyMap<string, string>;
  readonly fingerprints: ReadonlyMap<string, string>;
  readonly checks: readonly ClusterCheck[];
  /** User models that can't run on the cluster, with the reasons. */
  readonly notPortable: ReadonlyMap<string, readonly PortabilityProblem[]>;
}

/** If a larger share of the days has changed, rebuilding everything is faster. */
const mostDays = 0.5;

/** Reads the texts of the models and checks for Trino. */
export function programOf({ models }: ModelSet, checks: readonly CheckFile[]): ClusterProgram {
  const texts = new Map<string, string>();
  const notPortable = new Map<string, readonly PortabilityProblem[]>();
  for (const model of models) {
    const text = trinoTextOf(model);
    const problems = text.portable && model.origin === 'user' ? refuseOtherSchemas(text.sql) : [];
    if (text.portable && problems.length === 0) texts.set(model.name, withoutEnd(text.sql));
    else notPortable.set(model.name, text.portable ? problems : text.problems);
  }
  const running = models.filter(({ name }) => texts.has(name));
  const usable = running.filter((model) => dependsOnlyOn(model, models, texts));
  return {
    models: usable,
    texts,
    fingerprints: fingerprints(usable, ({ name }) => texts.get(name) ?? ''),
    checks: checks.map((check) => {
      const sql = withoutEnd(check.trinoSql ?? check.sql);
      const condition = check.scope === 'day' ? rowCondition(sql) : null;
      return { check, sql, condition: condition?.table === bronze ? condition.text : null };
    }),
    notPortable,
  };
}

/** Whether all models that a model depends on run on the cluster. */
function dependsOnlyOn(
  { dependsOn }: ModelFile,
  models: readonly ModelFile[],
  texts: ReadonlyMap<string, string>,
): boolean {
  return dependsOn.every((name) => {
    const dependency = models.find((model) => model.name === name);
    return dependency === undefined || (texts.has(name) && dependsOnlyOn(dependency, models, texts));
  });
}

/** Everything that a refresh on the cluster depends on, and the differences to the last one. */
export interface ClusterInput {
  readonly files: readonly ClusterFile[];
  readonly leftOut: readonly LeftOutFile[];
  readonly changedDays: readonly string[];
  readonly full: boolean;
  /** Models to build from scratch. */
  readonly forced: ReadonlySet<string>;
  readonly built: ReadonlyMap<string, ClusterModel>;
  /** Names of the checks that must cover all days. */
  readonly newChecks: ReadonlySet<string>;
  /** Models that are on the cluster but no longer declared. */
  readonly removed: readonly string[];
}

/** Compares the files and texts with the last refresh. */
export function compare(
  program: ClusterProgram,
  last: ClusterRefreshRecord | null,
  lists: {
    readonly files: readonly ClusterFile[];
    readonly before: readonly ClusterFile[];
    readonly leftOut: readonly LeftOutFile[];
    /** Tables that somebody has dropped. */
    readonly missing: ReadonlySet<string>;
  },
  mode: 'auto' | 'full',
): ClusterInput {
  const { files, before, leftOut, missing } = lists;
  const state = last?.state;
  const changedDays = daysThatDiffer(files, before, leftOut, state?.leftOut ?? []);
  const daysBefore = new Set(before.map(({ date }) => date));
  const full = mode === 'full' || before.length === 0 || changedDays.length > mostDays * daysBefore.size;
  const built = new Map((state?.models ?? []).map((model) => [model.name, model]));
  const mustBuild = ({ name }: ModelFile) => {
    const known = built.get(name);
    return (
      full || known?.fingerprint !== program.fingerprints.get(name) || known?.problem !== null || missing.has(name)
    );
  };
  const declared = new Set(program.models.map(({ name }) => name));
  return {
    files,
    leftOut,
    changedDays,
    full,
    forced: new Set(program.models.filter(mustBuild).map(({ name }) => name)),
    built,
    newChecks: new Set(
      program.checks
        .filter((check) => full || state?.checks[check.check.name] !== checkFingerprint(check))
        .map(({ check }) => check.name),
    ),
    removed: [...built.keys()].filter((name) => !declared.has(name)),
  };
}

/** Changes with the text for Trino, too. */
export function checkFingerprint({ check, sql }: ClusterCheck): string {
  return `${check.fingerprint} ${codeOf(sql)}`;
}

function daysThatDiffer(
  files: readonly ClusterFile[],
  before: readonly ClusterFile[],
  leftOut: readonly LeftOutFile[],
  leftOutBefore: readonly LeftOutFile[],
): string[] {
  const key = ({ path, bytes, version }: ClusterFile) => `${path}\n${bytes}\n${version}`;
  const [now, then] = [new Set(files.map(key)), new Set(before.map(key))];
  const changed = [...files.filter((file) => !then.has(key(file))), ...before.filter((file) => !now.has(key(file)))];
  const paths = (list: readonly LeftOutFile[]) => new Set(list.map(({ path }) => path));
  const differently = [
    ...leftOut.filter(({ path }) => !paths(leftOutBefore).has(path)),
    ...leftOutBefore.filter(({ path }) => !paths(leftOut).has(path)),
  ];
  return [...new Set([...changed, ...differently].map(({ date }) => date))].toSorted();
}
