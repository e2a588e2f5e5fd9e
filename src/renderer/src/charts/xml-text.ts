/** Characters that XML has no way to write, and halves of a pair that lack the other. */
// eslint-disable-next-line no-control-regex
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** Serialised XML that every reader takes: control characters become the signs for them (`␀`), the rest `\ufffd`. */
export function asXmlText(xml: string): string {
  return xml.replace(notInXml, (sign) => {
    const code = sign.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}
