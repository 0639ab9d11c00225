// A drawing as PNG, for where SVG cannot be shown. It is in English: any plain sans serif has Latin letters, few machines have Japanese
// ones, and a font that has them makes a build some seconds longer. Reading every font of a machine takes seconds too, so a few known
// ones are looked for.
import { existsSync } from 'node:fs';

const fonts = [
  {
    family: 'DejaVu Sans',
    files: ['/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf', '/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf'],
  },
  {
    family: 'Liberation Sans',
    files: [
      '/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf',
      '/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf',
    ],
  },
  {
    family: 'Arial',
    files: ['/System/Library/Fonts/Supplemental/Arial.ttf', '/System/Library/Fonts/Supplemental/Arial Bold.ttf'],
  },
  { family: 'Arial', files: ['C:\\Windows\\Fonts\\arial.ttf', 'C:\\Windows\\Fonts\\arialbd.ttf'] },
] as const;

/**
 * Twice the size of the drawing, for screens of double density; `undefined` where none of the fonts is there.
 * @param svg in Latin letters
 */
export async function drawPng(svg: string): Promise<Uint8Array | undefined> {
  const font = fonts.find(({ files }) => files.every((file) => existsSync(file)));
  if (font === undefined) return undefined;
  const { Resvg } = await import('@resvg/resvg-js');
  const { family, files } = font;
  return new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: { loadSystemFonts: false, fontFiles: [...files], defaultFontFamily: family, sansSerifFamily: family },
  })
    .render()
    .asPng();
}
