/** Where the parts of the program lie. */
export interface Installation {
  /** The folder with `generation` and `models`. */
  readonly resourcesFolder: string;
  /** The script of a generator process. */
  readonly generatorEntry: string;
}

export interface CommandContext extends Installation {
  /** Aborts when the user interrupts the command. */
  readonly signal: AbortSignal;
}

/** Options as they were typed. */
export interface CommonOptions {
  readonly workspace: string;
  readonly json: boolean;
}

export interface RefreshCommandOptions extends CommonOptions {
  readonly full: boolean;
  readonly skipDamaged: boolean;
}

export interface GenerateOptions extends CommonOptions {
  readonly rows: string;
  readonly start: string;
  readonly end: string;
  readonly users: string;
  readonly teams: string;
  readonly seed?: string;
  readonly workers?: string;
  readonly mode: string;
}
