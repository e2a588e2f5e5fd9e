import {
  clusterDraftSchema,
  defaultClusterNames,
  type ClusterDraft,
  type ClusterSettings,
  type ClusterState,
} from '../../../contract/cluster';

/** The fields as typed. */
export interface ClusterForm extends Omit<ClusterSettings, 'caFile'> {
  /** Empty for the certificate authorities of the system. */
  readonly caFile: string;
  /** Empty for the secret that is kept. */
  readonly secret: string;
}

export type ClusterErrors = Partial<Record<keyof ClusterForm, string>>;

const empty: ClusterForm = {
  server: '',
  user: '',
  signIn: 'password',
  caFile: '',
  ...defaultClusterNames,
  location: '',
  secret: '',
};

/** The fields for a cluster that is set, or for a new one. */
export function formOf(cluster: ClusterState | null): ClusterForm {
  if (!cluster) return empty;
  return { ...cluster.settings, caFile: cluster.settings.caFile ?? '', secret: '' };
}

/** Whether the secret that is kept is for the account in the fields. */
export function keepsSecret(form: ClusterForm, cluster: ClusterState | null): boolean {
  if (!cluster || cluster.secret === 'none') return false;
  const { server, user, signIn } = cluster.settings;
  return form.server.trim() === server && form.user.trim() === user && form.signIn === signIn;
}

/** The fields as a draft, or what is wrong with each. */
export function draftOf(
  { secret, caFile, ...settings }: ClusterForm,
  cluster: ClusterState | null,
): { readonly draft: ClusterDraft; readonly errors: null } | { readonly draft: null; readonly errors: ClusterErrors } {
  const { signIn } = settings;
  const typed = signIn === 'none' || secret === '' ? null : secret;
  const file = caFile.trim();
  const parsed = clusterDraftSchema.safeParse({
    settings: { ...settings, caFile: file === '' ? null : file },
    secret: typed,
  });
  const errors = new Map(
    (parsed.error?.issues ?? []).toReversed().map(({ path, message }) => [String(path.at(-1)), message]),
  );
  if (signIn !== 'none' && typed === null && !keepsSecret({ secret, caFile, ...settings }, cluster))
    errors.set('secret', `Enter the ${signIn}.`);
  if (parsed.data && errors.size === 0) return { draft: parsed.data, errors: null };
  return { draft: null, errors: Object.fromEntries(errors) };
}
