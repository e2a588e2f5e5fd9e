import { nativeTheme } from 'electron';
import { settingsSchema, type SettingsChange } from '../../contract/settings';
import type { AppState } from '../../contract/workspace';
import type { Observable } from '../../engine/observable';
import type { SettingsFile } from './settings-file';
import type { WarehouseSupervisor } from '../supervisor/supervisor';

/** Applies the settings: the theme here, limits in the warehouse process; the window reads formats from the state. */
export class Preferences {
  constructor(
    private readonly appState: Observable<AppState>,
    private readonly file: SettingsFile,
    private readonly supervisor: WarehouseSupervisor,
  ) {}

  /** Called once, before a workspace is opened. */
  async load(): Promise<void> {
    this.#apply(settingsSchema.parse(await this.file.read()));
  }

  async change(change: SettingsChange): Promise<void> {
    const changed = await this.file.update((stored) => settingsSchema.parse({ ...stored, ...change }));
    this.#apply(settingsSchema.parse(changed));
    this.supervisor.limit();
  }

  #apply(settings: AppState['settings']): void {
    nativeTheme.themeSource = settings.theme;
    this.appState.set({ ...this.appState.value, settings });
  }
}
