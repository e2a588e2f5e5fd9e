import { asXmlText } from './xml-text';
import { captionOf, svgElement, token, toRgb, type Caption } from './export-caption';

/** Style properties that a drawing gets from the page's style sheet, and a file needs inline. */
const styled = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
];

const painted = new Set(['fill', 'stroke']);

/** The drawing as a standalone file: with colours and fonts inline, on a background. */
export function toSvgFile(svg: SVGSVGElement, caption: Caption): string {
  return asXmlText(new XMLSerializer().serializeToString(standalone(svg, caption)));
}

function standalone(svg: SVGSVGElement, caption: Caption): SVGSVGElement {
  const { width, height } = svg.getBoundingClientRect();
  const head = captionOf(caption, width);
  const whole = svgElement('svg', { width, height: head.height + height });
  const drawing = copyOf(svg);
  for (const [name, value] of Object.entries({ y: head.height, width, height }))
    drawing.setAttribute(name, String(value));
  whole.append(
    svgElement('rect', { width: '100%', height: '100%', fill: toRgb(token('var(--surface)')) }),
    ...head.parts,
    drawing,
  );
  return whole;
}

/** Writes the computed style into each element. */
function copyOf(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new Error('A copy of a drawing is a drawing.');
  const originals = svg.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((element, index) => {
    const original = originals[index];
    if (!original) return;
    const style = getComputedStyle(original);
    for (const property of styled) {
      const value = style.getPropertyValue(property);
      if (value) element.setAttribute(property, painted.has(property) ? toRgb(value) : value);
    }
    element.removeAttribute('class');
    element.removeAttribute('style');
  });
  copy.removeAttribute('class');
  copy.removeAttribute('style');
  return copy;
}

/** The same as a PNG, at twice the screen's resolution. */
export async function toPng(svg: SVGSVGElement, caption: Caption): Promise<Blob> {
  const scale = 2;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(toSvgFile(svg, caption))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png');
  });
}

/** The drawing inside an element; null if there is none yet. */
export function drawingIn(element: Element | null): SVGSVGElement | null {
  const svg = element?.querySelector('figure svg');
  return svg instanceof SVGSVGElement ? svg : null;
}
