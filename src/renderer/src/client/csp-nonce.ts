/** The nonce that the Content Security Policy of this page grants; libraries that make style elements need it. */
export function cspNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
