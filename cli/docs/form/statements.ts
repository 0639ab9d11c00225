// What lines state, for the reference: the path of the design, the value that is read, and the requirement by which it is judged.
import { environmentKeys, productionOf } from '../../../design/environments.ts';
import type { Line, Statement, StatementKind } from '../../../design/lines.ts';
import type { Design } from '../../../design/schema.ts';
import { judgeFor } from '../../../proof/judges/judge-statements.ts';
import { code } from './markdown.ts';

interface Row {
  readonly example: string;
  readonly kind: StatementKind;
  /** Path of the design, with `*` for indices and `<environment>` for environments. */
  readonly path: string;
  /** As Markdown; empty where the line says it in the very same words. */
  readonly value: string;
  /** Id of the requirement or criterion; a dash where nothing judges it. */
  readonly judge: string;
}

/** The first line of each kind, in the document's order. */
export function rowsOf(lines: readonly Line[], design: Design): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { text, statements } of lines) {
    for (const statement of statements) {
      const path = statement.path
        .replaceAll(/\.\d+(?=\.|$)/g, '.*')
        .replace(new RegExp(`\\.(?:${environmentKeys(design).join('|')})(?=\\.|$)`), '.<environment>');
      const key = `${statement.kind} ${path}`;
      if (rows.has(key)) continue;
      const value = valueRead(statement, design, text);
      rows.set(key, { example: text.trim(), kind: statement.kind, path, value, judge: judgedBy(statement, design) });
    }
  }
  return [...rows.values()];
}

/** What is read of a line, paths with their values: of one that says several things, what is built from it. */
export function asRead({ statements }: Line, design: Design): readonly string[] {
  const inputs = statements.filter(({ kind }) => kind === 'input');
  return (inputs.length > 0 ? inputs : statements).map(
    (statement) => `${code(statement.path)} = ${valueRead(statement, design)}`,
  );
}

const longest = 100;

function valueRead({ path }: Statement, design: Design, said = ''): string {
  const value = path.split('.').reduce<unknown>((part, key) => memberOf(part, key), design);
  if (value === undefined || (typeof value === 'string' && said.includes(value))) return '';
  const json = JSON.stringify(value);
  return code(json.length > longest ? `${json.slice(0, longest)}…` : json);
}

const memberOf = (part: unknown, key: string): unknown =>
  typeof part === 'object' && part !== null ? Object.entries(part).find(([name]) => name === key)?.[1] : undefined;

/** A criterion is judged under its own id, whoever judges it; of other lines the judge says which requirement they serve. */
function judgedBy(statement: Statement, design: Design): string {
  const [part, index] = statement.path.split('.');
  if (part === 'criteria') return design.criteria[Number(index)]?.id ?? '–';
  const id = judgeFor(statement.path)?.id;
  if (typeof id !== 'function') return id ?? '–';
  const nothing = { stacks: [], resources: [] };
  const indices = statement.path
    .split('.')
    .filter((key) => /^\d+$/.test(key))
    .map(Number);
  const places = { graph: nothing, everywhere: nothing, whole: nothing };
  return id({
    ...places,
    design,
    environment: productionOf(design),
    indices,
    statement,
    documented: true,
    runtime: [],
  });
}
