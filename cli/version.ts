import { readFileSync } from 'node:fs';

/** The version in package.json, which lies beside the compiled `dist/` as it does beside `cli/`. */
export const version: string = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
