import { safeStorage } from 'electron';

/** Encrypts texts with a key that the operating system keeps for this user. */
export interface KeyStore {
  /** The encrypted text; null if the system has no key store. */
  readonly encrypt: (text: string) => Buffer | null;
  /** @throws an error if the key is gone, or the bytes are of another user or machine */
  readonly decrypt: (bytes: Buffer) => string;
}

/** The Keychain, DPAPI, or the Secret Service or KWallet of a Linux desktop. */
export const systemKeyStore: KeyStore = {
  encrypt: (text) => {
    if (!safeStorage.isEncryptionAvailable() || isPlainText()) return null;
    const bytes = safeStorage.encryptString(text);
    return isObfuscated(bytes) ? null : bytes;
  },
  decrypt: (bytes) => safeStorage.decryptString(bytes),
};

/** Whether Chromium would use a key that is part of its own code. Versions before 26 can't say so. */
function isPlainText(): boolean {
  if (process.platform !== 'linux' || !('getSelectedStorageBackend' in safeStorage)) return false;
  return ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}

/** On Linux, Chromium marks bytes that were encrypted with that key by `v10`, others by `v11`. */
function isObfuscated(bytes: Buffer): boolean {
  return process.platform === 'linux' && bytes.subarray(0, 3).toString() === 'v10';
}
