import { lstatSync, type Stats } from 'node:fs';
import { lstat, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../contract/app-error';
import { printable } from '../../contract/text/printable';
import { allowableLinkSchema } from '../../contract/workspace';
import { hasCode } from './errno';

/** The part of a workspace that path checks need. */
export interface WorkspaceRoot {
  /** The workspace's folder, absolute. The user chose it, so links above it are trusted. */
  readonly folder: string;
  /**
   * Links inside the workspace that the user has agreed to follow, with their real targets at that time: a link with
   * another target is refused again. The key is the path from the workspace, such as `data/events`.
   */
  readonly agreedLinks: ReadonlyMap<string, string>;
}

/**
 * Decides which paths of a workspace may be changed. Each folder on the way to a path is checked without following
 * links, once until it is forgotten.
 */
export class PathChecks {
  /** Results of checks, by folder. */
  readonly #folders = new Map<string, Promise<void>>();
  /** Checked folders, by their parent. */
  readonly #inner = new Map<string, Set<string>>();

  constructor(private readonly root: WorkspaceRoot) {}

  /** Checks the parent folders of a path. @throws AppError WORKSPACE_INVALID, LINK_NOT_ALLOWED; ENOENT */
  checkParents(file: string): Promise<void> {
    const folder = path.dirname(file);
    // A commit asks thousands of times, so known folders take a short cut.
    const known = isPlainName(path.basename(file)) ? this.#folders.get(folder) : undefined;
    if (known) return known;
    this.partsOf(file);
    return this.checkFolder(folder);
  }

  /**
   * Looks again at the folders above a path that passed the check, for the moment before a change: results of checks
   * are kept for an operation, and another program may have exchanged a folder for a link since. Synchronous, so that
   * nothing of this program runs between the look and the change; a few microseconds per folder.
   * @throws AppError WORKSPACE_INVALID
   */
  confirmParents(file: string): void {
    let folder = this.root.folder;
    for (const part of this.partsOf(file).slice(0, -1)) {
      folder = path.join(folder, part);
      if (!lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) continue;
      const name = this.nameOf(folder);
      if (this.root.agreedLinks.has(name)) continue;
      throw refused(
        `${printable(name)} became a link while the workspace was in use.`,
        `Replace ${printable(name)} with a real folder, then try again.`,
      );
    }
  }

  /** Whether a folder passed the check or is being checked. */
  isKnown(folder: string): boolean {
    return this.#folders.has(folder);
  }

  /** Checks a folder and its parents. @throws AppError WORKSPACE_INVALID, LINK_NOT_ALLOWED; ENOENT */
  checkFolder(folder: string): Promise<void> {
    const known = this.#folders.get(folder);
    if (known) return known;
    if (folder === this.root.folder) return Promise.resolve();
    this.partsOf(folder);
    const checked = this.#lookAtFolder(folder);
    this.#remember(folder, checked);
    // A folder that was missing or refused is checked again next time.
    checked.catch(() => this.#folders.delete(folder));
    return checked;
  }

  /**
   * Records that an entry of a checked folder is a folder and not a link, from a listing or because it was just
   * created.
   */
  learnFolder(folder: string): void {
    this.#remember(folder, Promise.resolve());
  }

  /** Forgets a folder that was moved, with everything in it. */
  forget(folder: string): void {
    this.#folders.delete(folder);
    for (const inner of this.#inner.get(folder) ?? []) this.forget(inner);
    this.#inner.delete(folder);
  }

  /** Checks that a path is free, or a regular file without hard links, which could belong to a file elsewhere. */
  async requireOwnFile(file: string): Promise<void> {
    const found = await lookAt(file);
    if (!found) return;
    const name = printable(this.nameOf(file));
    if (found.isSymbolicLink()) throw await this.linkRefused(file);
    if (!found.isFile()) throw refused(`${name} isn't a regular file.`, `Move ${name} elsewhere, then try again.`);
    if (found.nlink > 1) {
      throw refused(
        `${name} is a hard link: the same file has another name, perhaps outside the workspace.`,
        `Replace ${name} with a copy of it, then try again.`,
      );
    }
  }

  /** Whether a real path is in the workspace or in the target of an agreed link. */
  async isInside(real: string): Promise<boolean> {
    const roots = [await realpath(this.root.folder), ...this.root.agreedLinks.values()];
    return roots.some((root) => isBelow(real, root));
  }

  async linkRefused(link: string): Promise<AppError> {
    const name = this.nameOf(link);
    const target = (await realpath(link).catch(() => null)) ?? (await readlink(link).catch(() => 'an unknown place'));
    const allow = allowableLinkSchema.safeParse(name).success
      ? `, or allow this target (on the command line: --allow-link ${name}=${target})`
      : '';
    return new AppError('LINK_NOT_ALLOWED', `${printable(name)} is a link to ${printable(target)}.`, {
      action: `Nothing was written. Replace the link with a real folder or file${allow}.`,
      link: { path: name, target },
    });
  }

  /** The path from the workspace, with `/`. */
  nameOf(file: string): string {
    return this.partsOf(file).join('/');
  }

  /** @throws AppError if the path isn't below the workspace */
  partsOf(file: string): string[] {
    const relative = path.relative(this.root.folder, file);
    const parts = relative.split(path.sep);
    if (relative === '' || parts[0] === '..' || path.isAbsolute(relative) || file.includes('\0')) {
      throw refused(`${printable(file)} isn't inside the workspace.`, 'Choose a place inside the workspace.');
    }
    return parts;
  }

  #remember(folder: string, checked: Promise<void>): void {
    this.#folders.set(folder, checked);
    const parent = path.dirname(folder);
    const siblings = this.#inner.get(parent);
    if (siblings) siblings.add(folder);
    else this.#inner.set(parent, new Set([folder]));
  }

  async #lookAtFolder(folder: string): Promise<void> {
    await this.checkFolder(path.dirname(folder));
    const found = await lstat(folder);
    if (found.isSymbolicLink()) {
      if (await this.#isAgreed(folder)) return;
      throw await this.linkRefused(folder);
    }
    if (!found.isDirectory()) {
      const name = printable(this.nameOf(folder));
      throw refused(`${name} isn't a folder.`, `Move ${name} elsewhere, then try again.`);
    }
  }

  async #isAgreed(link: string): Promise<boolean> {
    const agreed = this.root.agreedLinks.get(this.nameOf(link));
    return agreed !== undefined && agreed === (await realpath(link).catch(() => null));
  }
}

/** Whether a real path is `root` or below it. */
export function isBelow(real: string, root: string): boolean {
  const relative = path.relative(root, real);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** Whether a part of a path stays in its parent folder. */
function isPlainName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !name.includes('\0');
}

/** The entry at a path, without following a link; null if nothing exists there. */
export async function lookAt(file: string): Promise<Stats | null> {
  return lstat(file).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  });
}

function refused(message: string, action: string): AppError {
  return new AppError('WORKSPACE_INVALID', message, { action });
}
