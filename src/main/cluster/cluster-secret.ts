import { z } from 'zod';
import type { ClusterSettings } from '../../contract/cluster';
import type { KeyStore } from './key-store';

/**
 * A password or token with the account that it belongs to, so that no change of the settings, by whomever, sends it to
 * another server.
 */
const ownedSecretSchema = z.object({ secret: z.string(), server: z.string(), user: z.string(), signIn: z.string() });

export type OwnedSecret = z.output<typeof ownedSecretSchema>;

/** A secret of the account in the settings. */
export function ownedBy({ server, user, signIn }: ClusterSettings, secret: string): OwnedSecret {
  return { secret, server, user, signIn };
}

/** The secret for the account in the settings; null if it belongs to another one. */
export function secretFor(settings: ClusterSettings, owned: OwnedSecret | null): string | null {
  if (owned === null || settings.signIn === 'none') return null;
  const { server, user, signIn } = owned;
  return server === settings.server && user === settings.user && signIn === settings.signIn ? owned.secret : null;
}

/** The encrypted secret as text for a JSON file; null if the system has no key store. */
export function encryptSecret(owned: OwnedSecret, keys: KeyStore): string | null {
  return keys.encrypt(JSON.stringify(owned))?.toString('base64') ?? null;
}

/** Null if it can't be decrypted: the key is gone, the file was damaged, or comes from another machine. */
export function decryptSecret(text: string, keys: KeyStore): OwnedSecret | null {
  try {
    return ownedSecretSchema.parse(JSON.parse(keys.decrypt(Buffer.from(text, 'base64'))));
  } catch {
    return null;
  }
}
