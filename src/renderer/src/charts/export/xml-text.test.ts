import { expect, it } from 'vitest';
import { asXmlText } from './xml-text';

it('leaves nothing that XML can not hold', () => {
  expect(asXmlText('<t>a\u0000\u0001\u001f\u0008\tb\n\ud800c😀\uffff</t>')).toBe('<t>a␀␁␟␈\tb\n\ufffdc😀\ufffd</t>');
});
