// The AWS actions that code calls, derived from the source: the imports of an entry point are followed, and every `…Command` of an AWS
// client that is made on the way counts. Whoever writes a role compares it with this; nobody has to remember to update a list.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = dirname(import.meta.dirname);

export interface Permission {
  /** An IAM action, e.g. `sqs:SendMessage`. */
  readonly action: string;
  /** The file that calls it, relative to the repository, or the package or service that does so for us. */
  readonly from: string;
}

/** IAM's prefix of a client's service, where it is another word. */
const prefixes: Readonly<Record<string, string>> = {
  'application-auto-scaling': 'application-autoscaling',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  'secrets-manager': 'secretsmanager',
  sfn: 'states',
};

/** IAM's actions of an operation, where they are other words: a batch needs what its single operation needs, a copy reads and writes. */
const operations: Readonly<Record<string, string | readonly string[]>> = {
  CopyObject: ['GetObject', 'PutObject'],
  ListObjectsV2: 'ListBucket',
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
};

/** What packages call with a client that we hand them. */
const ofPackages: Readonly<Record<string, readonly string[]>> = {
  'sqs-consumer': ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
};

/** What an entry point, relative to the repository, and all that it imports call; without what AWS calls for it. */
export function permissionsOfEntry(entry: string): readonly Permission[] {
  const seen = new Set<string>();
  const found: Permission[] = [];
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = withoutComments(readFileSync(file, 'utf8'));
    const from = relative(root, file);
    for (const { names, module } of importsOf(source)) {
      if (module.startsWith('.')) visit(join(dirname(file), module));
      for (const action of ofPackages[module] ?? []) found.push({ action, from: module });
      const [, service] = /^@aws-sdk\/client-(.+)$/.exec(module) ?? [];
      if (service === undefined) continue;
      for (const name of names.filter((name) => name.endsWith('Command'))) {
        if (!new RegExp(`\\bnew ${name}\\b`).test(source))
          throw new Error(`${from} imports ${name} and never makes one`);
        const operation = name.slice(0, -'Command'.length);
        for (const action of [operations[operation] ?? operation].flat()) {
          found.push({ action: `${prefixes[service] ?? service}:${action}`, from });
        }
      }
    }
  };
  const start = join(root, entry);
  if (!existsSync(start)) throw new Error(`there is no entry point ${entry}`);
  visit(start);
  return found;
}

interface Import {
  readonly names: readonly string[];
  readonly module: string;
}

/** The imports that exist at run time: those of types alone are gone by then. */
function importsOf(source: string): Import[] {
  const statement = /^import\s+(?!type\b)(?:([\w*\s{},]+?)\s+from\s+)?'([^']+)';/gm;
  return [...source.matchAll(statement)].map(([, clause = '', module = '']) => ({
    module,
    names: (/\{([^}]*)\}/.exec(clause)?.[1] ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type ')),
  }));
}

function withoutComments(source: string): string {
  return source.replaceAll(/^\s*(\/\/|\/?\*).*$/gm, '');
}
