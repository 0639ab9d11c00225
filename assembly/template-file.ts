// The text of a template file as data: JSON, or YAML with CloudFormation's short tags (`!Ref`, `!Sub` …) put into their long form.
import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node } from './scope.ts';

/**
 * Parses a template.
 * @param file named in errors
 * @throws Error naming the file when it is neither JSON nor YAML.
 */
export function parseTemplate(text: string, file: string): Node {
  try {
    return /^\s*[{[]/.test(text) ? JSON.parse(text) : parseYaml(text);
  } catch (error) {
    throw new Error(`${file}: cannot be parsed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parseYaml(text: string): Node {
  // Unknown tags are warnings to the parser, which leaves them on their nodes; `tagged` reads them there.
  const document = parseDocument(text, { logLevel: 'error' });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  return plain(document.contents, document, []);
}

function plain(node: unknown, document: Document, above: readonly unknown[]): Node {
  if (above.includes(node)) throw new Error('an anchor contains itself');
  const within = [...above, node];
  if (isAlias(node)) return plain(node.resolve(document), document, within);
  if (isScalar(node)) return tagged(node.tag, scalar(node.value));
  if (isSeq(node))
    return tagged(
      node.tag,
      node.items.map((item) => plain(item, document, within)),
    );
  if (!isMap(node)) return null;
  const members = node.items.map(({ key, value }) => [
    String(plain(key, document, within)),
    plain(value, document, within),
  ]);
  return tagged(node.tag, Object.fromEntries(members));
}

function scalar(value: unknown): Node {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function tagged(tag: string | undefined, value: Node): Node {
  if (tag === undefined || !/^![A-Za-z]/.test(tag)) return value;
  const name = tag.slice(1);
  return { [name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`]: value };
}
