// Where the project lies, from the sources and from the compiled command alike.
import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';

/** The directory of the project's package.json. */
export const root: string = dirname(findPackageJSON('.', import.meta.url) ?? process.cwd());
