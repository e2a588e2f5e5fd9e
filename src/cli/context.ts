import type { RefreshRequest } from '../contract/warehouse';
import type { ClusterOptions } from './cluster-options';

/** The locations of the program's parts. */
export interface Installation {
  readonly version: string;
  /** The folder with `generation` and `models`. */
  readonly resourcesFolder: string;
  /** The script of a generator process. */
  readonly generatorEntry: string;
}

export interface CommandContext extends Installation {
  /** Aborts when the user interrupts the command. */
  readonly signal: AbortSignal;
}

/** Options as typed. */
export interface CommonOptions {
  readonly workspace: string;
  /** Links that may be followed, as `path=target`. */
  readonly allowLink: readonly string[];
  readonly json: boolean;
}

export interface RefreshCommandOptions extends CommonOptions, ClusterOptions {
  readonly on: RefreshRequest['on'];
  readonly full: boolean;
  readonly skipDamaged: boolean;
  readonly hideAnswers: boolean;
}

export interface BreakOptions extends CommonOptions {
  readonly days?: string;
  readonly hours: string;
  readonly key: string;
  readonly undo: boolean;
}

export interface PipelineOptions extends GenerateOptions {
  readonly hideAnswers: boolean;
}

/** Options that are left out come from `--recipe` if it is given, otherwise from the defaults. */
export interface GenerateOptions extends CommonOptions {
  readonly recipe?: string;
  readonly profile?: string;
  readonly rows?: string;
  readonly start?: string;
  readonly end?: string;
  readonly users?: string;
  readonly teams?: string;
  readonly seed?: string;
  readonly weights?: string;
  readonly launch?: string;
  readonly outage?: string;
  readonly churn?: string;
  readonly nullUsers?: string;
  readonly emptyProperties?: string;
  readonly duplicates?: string;
  readonly lateEvents?: string;
  readonly malformedJson?: string;
  readonly schemaDrift?: string;
  readonly compression?: string;
  readonly rowGroupRows?: string;
  readonly workers?: string;
  readonly shard?: string;
  readonly mode: string;
  readonly publish?: string;
  readonly yes: boolean;
}

export interface AdvanceOptions extends CommonOptions {
  readonly days: string;
  readonly workers?: string;
  readonly publish?: string;
  readonly yes: boolean;
}

export interface PublishCommandOptions extends CommonOptions {
  /** The only run to publish. */
  readonly run?: string;
}

export interface ShardsOptions extends CommonOptions {
  /** All recipes with shards if omitted. */
  readonly recipe?: string;
}
