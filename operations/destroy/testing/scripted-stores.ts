// The stores of a scripted account.
import type { ScriptedAccount } from '../../deploy/testing/scripted-account.ts';
import type { Store, Stores } from '../stores.ts';

export function scriptedStores(account: ScriptedAccount, ready: (store: Store) => void = () => {}): Stores {
  const find = ({ region, logicalId, physicalId }: Store) =>
    account.find(`${region}/${physicalId.slice(0, -logicalId.length - 1)}`, logicalId);
  return {
    async look(store) {
      const held = find(store);
      if (held === undefined) return undefined;
      return { count: held.contents, ...(held.isProtected ? { isProtected: true } : {}) };
    },
    async makeReady(store) {
      const held = find(store);
      if (held === undefined) return;
      held.contents = 0;
      held.isProtected = false;
      ready(store);
    },
  };
}
