// Which rule of a listener a request fits, as a load balancer of AWS decides it.

import { BlockList, isIPv6 } from 'node:net';
import type { Directory } from '../blueprint/directory.ts';
import type { ActionPlan, ConditionPlan, ListenerPlan } from '../blueprint/load-balancer.ts';
import { words } from '../problems.ts';

export interface RequestLine {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly host: string;
  /** Values of a header, by its name in small letters. */
  headers(name: string): readonly string[];
  readonly source: string;
}

/** The rules of a listener with their values looked up once; the last one fits every request. */
export function openRules(listener: ListenerPlan, directory: Directory): (request: RequestLine) => ActionPlan {
  const rules = listener.rules.map(({ conditions, action }) => ({
    conditions: conditions.map((condition) => openCondition(condition, directory)),
    action,
  }));
  return (request) => {
    const rule = rules.find(({ conditions }) => conditions.every((fits) => fits(request)));
    if (rule === undefined) throw new Error('a listener has a default action');
    return rule.action;
  };
}

type Fits = (request: RequestLine) => boolean;

function openCondition(condition: ConditionPlan, directory: Directory): Fits {
  const where = words.listenerRule;
  if (condition.field === 'query-string') {
    const wanted = condition.values.map(({ key, value }) => ({
      key: key === undefined ? undefined : pattern(directory.text(key, where), 'i'),
      value: pattern(directory.text(value, where), 'i'),
    }));
    return ({ query }) =>
      wanted.some(({ key, value }) =>
        [...query].some(([name, given]) => (key === undefined || key.test(name)) && value.test(given)),
      );
  }
  const values = condition.values.map((value) => directory.text(value, where));
  switch (condition.field) {
    case 'path-pattern': {
      // Capitals matter in paths, and nowhere else.
      const patterns = values.map((value) => pattern(value, ''));
      return ({ path }) => patterns.some((each) => each.test(path));
    }
    case 'host-header': {
      const patterns = values.map((value) => pattern(value, 'i'));
      return ({ host }) => patterns.some((each) => each.test(host.replace(/:\d+$/, '')));
    }
    case 'http-header': {
      const patterns = values.map((value) => pattern(value, 'i'));
      return ({ headers }) => headers(condition.header).some((given) => patterns.some((each) => each.test(given)));
    }
    case 'http-request-method':
      return ({ method }) => values.includes(method);
    case 'source-ip': {
      const list = new BlockList();
      for (const value of values) {
        const [address = '', bits = ''] = value.split('/');
        list.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
      }
      return ({ source }) => list.check(source, isIPv6(source) ? 'ipv6' : 'ipv4');
    }
  }
}

/** `*` stands for any characters, `?` for one. */
function pattern(text: string, flags: string): RegExp {
  const escaped = text
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, `s${flags}`);
}
