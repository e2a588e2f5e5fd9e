/** The nonce of this page's Content Security Policy; libraries that create style elements need it. */
export function cspNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
