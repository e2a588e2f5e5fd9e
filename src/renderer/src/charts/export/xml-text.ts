/** Characters that XML can't represent, and unpaired surrogates. */
// eslint-disable-next-line no-control-regex
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** Serialises XML that every reader accepts: control characters become visible signs (`␀`), the rest `\ufffd`. */
export function asXmlText(xml: string): string {
  return xml.replace(notInXml, (sign) => {
    const code = sign.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}
