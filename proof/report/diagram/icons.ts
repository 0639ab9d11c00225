// AWS's own icons, as symbols of a drawing.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.resolve('aws-icons/package.json'))), 'icons');

/** The `<symbol>` of an icon; its id is the icon's file name. */
export function symbolOf(icon: string): string {
  const svg = readFileSync(join(folder, `${icon}.svg`), 'utf8');
  const [, box = '0 0 64 64'] = /viewBox="([^"]+)"/.exec(svg) ?? [];
  const inner = svg
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<title>[\s\S]*?<\/title>/, '');
  return `<symbol id="${symbolId(icon)}" viewBox="${box}">${inner}</symbol>`;
}

export const symbolId = (icon: string): string => icon.split('/').at(-1) ?? icon;
