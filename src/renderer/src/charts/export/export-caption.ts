import { seriesColour } from '../data/colours';

/** The caption of an exported drawing; on the page, title and legend are HTML. */
export interface Caption {
  readonly title: string | null;
  /** Notes on rows that the drawing leaves out or merges. */
  readonly note?: string | null;
  /** Series names, in the order of the colours; a single one needs no legend. */
  readonly series: readonly string[];
}

const svgNamespace = 'http://www.w3.org/2000/svg';
const padding = 16;
const lineHeight = 20;
const dot = 8;
const titleFont = { 'font-size': 14, 'font-weight': 600 } as const;
const nameFont = { 'font-size': 12, 'font-weight': 400 } as const;

/** The names in a legend of the page, from its `data-series` attributes. */
export function seriesIn(element: Element): string[] {
  return [...element.querySelectorAll('[data-series]')].map((item) => item.getAttribute('data-series') ?? '');
}

/** Title and legend as SVG elements, and their height. */
export function captionOf(
  { title, note = null, series }: Caption,
  width: number,
): { parts: SVGElement[]; height: number } {
  const family = getComputedStyle(document.body).fontFamily;
  const text = (words: string, x: number, y: number, font: typeof titleFont | typeof nameFont, ink: string) => {
    const element = svgElement('text', { x, y, ...font, 'font-family': family, fill: toRgb(token(ink)) });
    element.textContent = words;
    return element;
  };
  const parts: SVGElement[] = [];
  let [x, y] = [padding, padding];
  if (title !== null) {
    parts.push(text(title, x, y + 10, titleFont, 'var(--ink)'));
    y += lineHeight + 4;
  }
  for (const line of note === null ? [] : linesOf(note, width - 2 * padding, `${nameFont['font-size']}px ${family}`)) {
    parts.push(text(line, x, y + 8, nameFont, 'var(--ink-soft)'));
    y += lineHeight - 4;
  }
  if (note !== null) y += 4;
  const named = series.length > 1 ? series : [];
  for (const [index, name] of named.entries()) {
    const needed = dot + 6 + widthOf(name, `${nameFont['font-size']}px ${family}`) + padding;
    if (x > padding && x + needed > width) [x, y] = [padding, y + lineHeight];
    const fill = toRgb(token(seriesColour(index)));
    parts.push(svgElement('circle', { cx: x + dot / 2, cy: y + 4, r: dot / 2, fill }));
    parts.push(text(name, x + dot + 6, y + 8, nameFont, 'var(--ink-soft)'));
    x += needed;
  }
  if (named.length > 0) y += lineHeight;
  return { parts, height: parts.length === 0 ? 0 : y };
}

export function svgElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(svgNamespace, name);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, String(value));
  }
  return element;
}

/** A text broken between words, so that each line has room. */
function linesOf(text: string, width: number, font: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length === 0 || widthOf(longer, font) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function widthOf(text: string, font: string): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return text.length * 7;
  context.font = font;
  return context.measureText(text).width;
}

/** The current value of a theme token. */
export function token(colour: string): string {
  const [, name] = /^var\((--[\w-]+)\)$/.exec(colour) ?? [];
  return name === undefined ? colour : getComputedStyle(document.documentElement).getPropertyValue(name);
}

/** A colour in a form that programs other than browsers understand; `none` and references stay. */
export function toRgb(colour: string): string {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!context || !CSS.supports('color', colour)) return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  return `rgba(${red}, ${green}, ${blue}, ${Number((alpha / 255).toFixed(3))})`;
}
