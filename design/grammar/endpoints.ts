// Reads the VPC endpoints (NET-5, NET-6): gateway endpoints, and interface endpoints that a document may call optional.
import { gatewayServices, interfaceServices, serviceIn } from '../catalogue/services.ts';
import type { LineLedger } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import type { Design } from '../schema.ts';
import type { Section } from '../sections.ts';
import { readBlocks, refuseTheRest, refuseTwice } from './blocks.ts';
import { offered } from './nearest.ts';
import { isNone, setAside, unlessRefused } from './parts.ts';

type Endpoints = Pick<Design['network'], 'gatewayEndpoints' | 'interfaceEndpoints'>;

/** The endpoints; undefined when something was refused. Either kind may be absent, as may the whole section. */
export function readEndpoints(section: Section, ledger: LineLedger): Endpoints | undefined {
  return unlessRefused(ledger, () => {
    const nodes = readBlocks(section, ledger);
    const gateway = theOnly(nodes, /^Gateway\s*Endpoints?$/i, ledger);
    const optional = theOnly(nodes, /^Interface\s*Endpoints?\s*(\(.*\))?$/i, ledger);
    const endpoints = {
      gatewayEndpoints: readServices(gateway, gatewayServices, 'network.gatewayEndpoints', ledger),
      interfaceEndpoints: {
        optional: readOption(optional, ledger),
        services: readServices(optional, interfaceServices, 'network.interfaceEndpoints.services', ledger),
      },
    };
    refuseTheRest(
      nodes,
      ledger,
      'Gateway Endpoints: - S3 Endpoint: …, Interface Endpoints(省略可): - ECR API Endpoint: …',
    );
    return endpoints;
  });
}

function theOnly(nodes: readonly OutlineNode[], words: RegExp, ledger: LineLedger): OutlineNode | undefined {
  const [first, second] = nodes.filter(({ key }) => words.test(key));
  if (first !== undefined && second !== undefined) {
    refuseTwice(ledger, second.key, second.line, first.line);
    setAside(second, ledger);
  }
  return first;
}

/** Whether they may be left out; so it is when there are none to begin with. */
function readOption(node: OutlineNode | undefined, ledger: LineLedger): boolean {
  if (node === undefined) return true;
  if (isNone(node.value)) {
    ledger.state(node.line, 'input', 'network.interfaceEndpoints');
    return true;
  }
  const note = /\((?<note>.*)\)$/.exec(node.key)?.groups?.note ?? '';
  const optional = /省略可|オプション|任意|optional/i.test(note);
  const required = note === '' || /必須|省略不可|required/i.test(note);
  if (optional || required) ledger.state(node.line, 'input', 'network.interfaceEndpoints.optional');
  else ledger.unknown(node.line, 'Interface Endpoints(省略可): | Interface Endpoints(必須):');
  return optional;
}

function readServices<S extends string>(
  node: OutlineNode | undefined,
  table: Readonly<Record<string, S>>,
  path: string,
  ledger: LineLedger,
): S[] {
  if (node === undefined) return [];
  const isEmpty = node.children.length === 0;
  if (isNone(node.value) && isEmpty) {
    if (!ledger.isMarked(node.line)) ledger.state(node.line, 'input', path);
  } else if (node.value === '' && !isEmpty) ledger.mark(node.line, 'heading');
  else {
    ledger.mark(node.line, 'unknown');
    ledger.refuse(node.line, 'unknown-line', { expected: `なし, - ${Object.keys(table)[0]} Endpoint` });
  }
  const lines = new Map<S, number>();
  return node.children.flatMap(({ line, key }, index) => {
    const name = key.replace(/Endpoint$/i, '').trim();
    const service = serviceIn(table, name);
    if (service === undefined) {
      ledger.mark(line, 'unknown');
      ledger.refuse(line, 'unknown-name', { found: key, nearest: offered(name, Object.keys(table)) });
      return [];
    }
    const earlier = lines.get(service);
    if (earlier !== undefined) {
      refuseTwice(ledger, key, line, earlier);
      return [];
    }
    lines.set(service, line);
    ledger.state(line, 'input', `${path}.${index}`);
    return [service];
  });
}
