// A part that a document may leave out is there whole or not at all, since a platform with half of one cannot be built.
import { perEnvironment, productionOf } from '../environments.ts';
import { optionalParts, placeOfNeed } from '../implications.ts';
import type { LineLedger } from '../lines.ts';
import type { Design } from '../schema.ts';

/** Refuses a part that some of its places speak of and others do not, at the first that does. */
export function checkOptionalParts(design: Design, ledger: LineLedger): void {
  for (const { title, needs } of optionalParts) {
    const places = needs.map((need) => ({ place: placeOfNeed(need), path: pathOf(need, design) }));
    const present = places.find(({ path }) => path !== undefined);
    const missing = places.filter(({ path }) => path === undefined).map(({ place }) => place);
    if (present?.path === undefined || missing.length === 0) continue;
    ledger.refuse(ledger.lineOf(present.path), 'part-incomplete', { part: title, there: present.place, missing });
  }
}

/** A path that is stated when the design has what is needed. */
function pathOf({ of, name }: (typeof optionalParts)[number]['needs'][number], design: Design): string | undefined {
  const { securityGroups, stacks, roles, sizes } = design;
  const production = productionOf(design);
  const at = (list: string, index: number) => (index < 0 ? undefined : `${list}.${index}.name`);
  switch (of) {
    case 'group':
      return at(
        'securityGroups',
        securityGroups.findIndex(({ key }) => key === name),
      );
    case 'stack':
      return at(
        'stacks',
        stacks.findIndex((stack) => stack.name === name),
      );
    case 'role':
      return at(
        'roles',
        roles.findIndex(({ kind }) => kind === name),
      );
    default: {
      if (perEnvironment(sizes, production)[name] === undefined) return undefined;
      return `sizes.${production}.${name === 'cache' ? 'cache.nodeType' : 'functions.memoryMiB'}`;
    }
  }
}
