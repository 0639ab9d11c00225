// `npm run refresh:tags`: writes the table of taggable resource types anew, after an update of aws-cdk-lib.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTagTable } from './read-schemas.ts';

const library = join(import.meta.dirname, '../node_modules/aws-cdk-lib');
writeFileSync(
  join(import.meta.dirname, 'taggable-types.json'),
  `${JSON.stringify(readTagTable(library), undefined, 1)}\n`,
);
