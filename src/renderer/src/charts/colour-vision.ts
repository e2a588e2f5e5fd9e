/** Linear sRGB, from 0 to 1. */
export type LinearRgb = readonly [number, number, number];
type Matrix = readonly [LinearRgb, LinearRgb, LinearRgb];

/** Eyes, and printers without colours. */
export type Vision = 'full' | 'deuteranopia' | 'protanopia' | 'greyscale';

const luminance: LinearRgb = [0.2126, 0.7152, 0.0722];

/**
 * How eyes and printers see colours, as matrices over linear sRGB. Those of colour blindness are by Machado, Oliveira
 * and Fernandes (2009), at full severity.
 */
const visions: Readonly<Record<Vision, Matrix>> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  greyscale: [luminance, luminance, luminance],
};

const product = (matrix: Matrix, [x, y, z]: LinearRgb): LinearRgb => {
  const row = ([a, b, c]: LinearRgb) => a * x + b * y + c * z;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
};

/** A colour as it is seen. */
export function seen(vision: Vision, colour: LinearRgb): LinearRgb {
  const [red, green, blue] = product(visions[vision], colour);
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  return [clamp(red), clamp(green), clamp(blue)];
}

/** The matrices of Oklab, by Björn Ottosson (2020). */
const toCones: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const toLab: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
const fromLab: Matrix = [
  [1, 0.3963377774, 0.2158037573],
  [1, -0.1055613458, -0.0638541728],
  [1, -0.0894841775, -1.291485548],
];
const fromCones: Matrix = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.707614701],
];

/** The colour of CSS's `oklch(lightness chroma hue)`, with the hue in degrees; components beyond sRGB stay beyond. */
export function fromOklch(lightness: number, chroma: number, hue: number): LinearRgb {
  const angle = (hue * Math.PI) / 180;
  const [l, m, s] = product(fromLab, [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)]);
  return product(fromCones, [l ** 3, m ** 3, s ** 3]);
}

/** The distance of two colours in Oklab, in which that of black and white is 1. */
export function distance(one: LinearRgb, other: LinearRgb): number {
  const lab = (colour: LinearRgb) => {
    const [l, m, s] = product(toCones, colour);
    return product(toLab, [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)]);
  };
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** The contrast of two colours by WCAG: from 1 to 21. */
export function contrast(one: LinearRgb, other: LinearRgb): number {
  const light = (colour: LinearRgb) => product(visions.greyscale, colour)[0] + 0.05;
  const [a, b] = [light(one), light(other)];
  return Math.max(a, b) / Math.min(a, b);
}
