import type { RefObject } from 'react';
import { useMainAction } from '../../client/queries';
import { useFileToast } from '../../notifications/use-file-toast';
import { seriesIn, type Caption } from './export-caption';
import { drawingIn, toPng, toSvgFile } from './export-chart';

export type PictureFormat = 'png' | 'svg';

/**
 * Saves the drawing inside an element as a picture, with title, notes and legend and reports the file.
 * @param name of the file, without its extension
 */
export function useSavePicture(
  element: RefObject<HTMLElement | null>,
  name: string,
  captionOf: () => Omit<Caption, 'series'>,
) {
  const tell = useFileToast();
  return useMainAction<PictureFormat>(async (client, format) => {
    const drawing = drawingIn(element.current);
    if (!drawing || !element.current) return;
    const caption = { ...captionOf(), series: seriesIn(element.current) };
    const picture =
      format === 'svg'
        ? ({ format, text: toSvgFile(drawing, caption) } as const)
        : ({ format, bytes: new Uint8Array(await (await toPng(drawing, caption)).arrayBuffer()) } as const);
    const saved = await client.exports.savePicture({ name, picture });
    if (saved !== null) tell(saved);
  });
}
