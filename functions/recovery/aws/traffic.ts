// Where the name of the origin leads, as any resolver says it.
import { resolve4 } from 'node:dns/promises';
import type { Traffic } from '../ports.ts';
import { type RecoveryVariables, resourcesOf } from './variables.ts';

export function resolvedTraffic(
  variables: RecoveryVariables,
  resolve: (name: string) => Promise<string[]> = resolve4,
): Traffic {
  const { ORIGIN } = variables;
  const { loadBalancer } = resourcesOf(variables, 'standby');
  return {
    async goesTo() {
      if (ORIGIN === '') return 'by-hand';
      // The standby's name alone is looked up besides: where the origin does not lead there, it leads home.
      const addresses = await Promise.all([resolve(ORIGIN), resolve(loadBalancer)]).catch(() => undefined);
      // A name that is not answered for now leads nowhere now, and is looked up again.
      if (addresses === undefined) return undefined;
      const [asked, standby] = addresses;
      const there = asked.filter((address) => standby.includes(address)).length;
      if (there === 0) return 'primary';
      return there === asked.length ? 'standby' : undefined;
    },
  };
}
