// The cache and the functions are parts that a document may leave out: whole, since a platform with half of one cannot be built.
import { perEnvironment, productionOf } from '../environments.ts';
import type { Ledger } from '../lines.ts';
import type { Design } from '../schema.ts';

interface Part {
  readonly name: string;
  /** Where the document speaks of the part: a path that is stated when it does, and what the author calls the place. */
  readonly places: readonly { readonly title: string; readonly path: string | undefined }[];
}

/** Refuses a part that some of its places speak of and others do not, at the first that does. */
export function checkOptionalParts(design: Design, ledger: Ledger): void {
  for (const { name, places } of partsOf(design)) {
    const present = places.find(({ path }) => path !== undefined);
    const missing = places.filter(({ path }) => path === undefined).map(({ title }) => title);
    if (present?.path === undefined || missing.length === 0) continue;
    ledger.refuse(ledger.lineOf(present.path), 'part-incomplete', { part: name, there: present.title, missing });
  }
}

function partsOf(design: Design): Part[] {
  const { securityGroups, stacks, roles } = design;
  const key = productionOf(design);
  const production = perEnvironment(design.sizes, key);
  const groupPath = (wanted: string) =>
    pathAt(
      'securityGroups',
      securityGroups.findIndex((group) => group.key === wanted),
    );
  return [
    {
      name: 'ElastiCache',
      places: [
        { title: '月間コスト見積もり: ElastiCache Redis', path: production.cache && `sizes.${key}.cache.nodeType` },
        { title: 'Security Group設計: ElastiCache Security Group (cache-sg)', path: groupPath('cache') },
        {
          title: 'CDKスタック構成: CacheStack',
          path: pathAt(
            'stacks',
            stacks.findIndex((stack) => stack.name === 'CacheStack'),
          ),
        },
      ],
    },
    {
      name: 'Lambda',
      places: [
        { title: '月間コスト見積もり: Lambda', path: production.functions && `sizes.${key}.functions.memoryMiB` },
        { title: 'Security Group設計: Lambda Security Group (lambda-sg)', path: groupPath('lambda') },
        {
          title: 'IAMロール・ポリシー設計: Lambda Execution Role (lambda-execution-role)',
          path: pathAt(
            'roles',
            roles.findIndex((role) => role.kind === 'lambda'),
          ),
        },
      ],
    },
  ];
}

const pathAt = (list: string, index: number): string | undefined => (index < 0 ? undefined : `${list}.${index}.name`);
