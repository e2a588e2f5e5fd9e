#!/usr/bin/env node
/*
 * node scripts/with-display.mjs node scripts/packaging/icons.mjs
 *
 * For maintainers, after a change of resources/icons/icon.svg: draws it in the sizes that each system needs. Chromium
 * draws it, so no other tool is needed.
 */
import fs from 'node:fs/promises';
import { _electron } from '@playwright/test';

import { icns, ico } from './icon-files.mjs';
import { electronArguments } from '../lib/launch.mjs';
import { runScript } from '../lib/failure.mjs';
import { inProject } from '../lib/paths.mjs';

const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512];

await runScript(async () => {
  const folder = inProject('resources', 'icons');
  const svg = await fs.readFile(`${folder}/icon.svg`, 'utf8');
  const images = await draw(svg, [...linuxSizes, 1024]);
  await fs.mkdir(`${folder}/png`, { recursive: true });
  for (const size of linuxSizes) await fs.writeFile(`${folder}/png/${size}x${size}.png`, imageOf(images, size));
  await fs.writeFile(`${folder}/icon.ico`, ico([16, 24, 32, 48, 64, 256].map((size) => [size, imageOf(images, size)])));
  await fs.writeFile(
    `${folder}/icon.icns`,
    icns((size) => imageOf(images, size)),
  );
});

/**
 * @param {Map<number, Buffer>} images
 * @param {number} size
 */
function imageOf(images, size) {
  const image = images.get(size);
  if (!image) throw new Error(`The icon was not drawn ${size} pixels wide.`);
  return image;
}

/**
 * @param {string} svg
 * @param {number[]} sizes
 * @returns {Promise<Map<number, Buffer>>} PNGs
 */
async function draw(svg, sizes) {
  const electron = await _electron.launch({
    args: electronArguments(inProject('scripts', 'lib', 'blank-window.cjs'), []),
  });
  try {
    const page = await electron.firstWindow();
    /** @type {Map<number, Buffer>} */
    const images = new Map();
    for (const size of sizes) {
      const url = await page.evaluate(drawInPage, { svg, size });
      images.set(size, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
    }
    return images;
  } finally {
    await electron.close();
  }
}

/** @param {{ svg: string, size: number }} what */
async function drawInPage({ svg, size }) {
  const image = new Image(size, size);
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  canvas.getContext('2d')?.drawImage(image, 0, 0, size, size);
  return canvas.toDataURL('image/png');
}
