// Reads the roles (IAM-1…5): who may assume each, which of AWS's policies it has, and which actions of which service.
import { iamPrefixes, serviceIn } from '../catalogue/services.ts';
import { neededAlways } from '../implications.ts';
import type { LineLedger } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import { managedPolicy } from '../parts/role.ts';
import { anyOf } from '../parts/term.ts';
import { type Design, type Role, type RoleKind, roleKinds } from '../schema.ts';
import type { Section } from '../sections.ts';
import { isLabelled } from '../vocabulary.ts';
import { readScope } from '../words/scope.ts';
import { readBlocks, readRows, refuseTheRest, refuseTwice } from './blocks.ts';
import { offered } from './nearest.ts';
import { readList, readTitle, setAside, unlessRefused } from './parts.ts';

interface Kind {
  /** The form's short name. */
  readonly name: string;
  /** All that a heading of such a role says; the first kind that fits counts. */
  readonly words: readonly RegExp[];
  /** The one service that can use such a role. */
  readonly principal: string;
}

const kinds: Readonly<Record<RoleKind, Kind>> = {
  'rds-monitoring': {
    name: 'rds-monitoring-role',
    words: [/monitoring|モニタリング|監視/i],
    principal: 'monitoring.rds.amazonaws.com',
  },
  lambda: { name: 'lambda-execution-role', words: [/lambda/i], principal: 'lambda.amazonaws.com' },
  'task-execution': {
    name: 'ecs-task-execution-role',
    words: [/task|タスク/i, /execution|実行/i],
    principal: 'ecs-tasks.amazonaws.com',
  },
  task: { name: 'ecs-task-role', words: [/task|タスク/i], principal: 'ecs-tasks.amazonaws.com' },
};
const byWords: readonly RoleKind[] = ['rds-monitoring', 'lambda', 'task-execution', 'task'];
const names = roleKinds.map((kind) => kinds[kind].name);

/** Roles that every platform has; the fourth goes with functions. */
const needed: readonly RoleKind[] = neededAlways('role');

/** The roles; undefined when something was refused. */
export function readRoles(section: Section, ledger: LineLedger): Design['roles'] | undefined {
  return unlessRefused(ledger, () => {
    const nodes = readBlocks(section, ledger);
    const lines = new Map<RoleKind, number>();
    const roles = nodes.flatMap((node, index) => {
      const head = readHead(node, ledger);
      const earlier = head === undefined ? undefined : lines.get(head.kind);
      if (earlier !== undefined) refuseTwice(ledger, node.key, node.line, earlier);
      if (head === undefined || earlier !== undefined) {
        setAside(node, ledger);
        return [];
      }
      lines.set(head.kind, node.line);
      ledger.state(node.line, 'input', `roles.${index}.name`);
      return [readRole(node, head, `roles.${index}`, ledger)];
    });
    refuseTheRest(
      nodes,
      ledger,
      '目的: …, 信頼関係: …, ポリシー: - … (AWS管理ポリシー) - カスタムポリシー: - S3: GetObject',
    );
    const missing = needed.filter((kind) => !lines.has(kind)).map((kind) => kinds[kind].name);
    if (missing.length > 0 && section.blocks.length > 0 && roles.length === nodes.length) {
      ledger.refuse(section.line, 'row-missing', { rows: missing.join(', ') });
    }
    return roles;
  });
}

/**
 * The examples of least privilege, one bad and one good. They are code about no role and no bucket of the platform (`my-bucket`):
 * prose, whatever stands there. The rule that they illustrate is kept by `readRoles`, which refuses wildcards, and by IAM-5's judge.
 */
export function readLeastPrivilege(section: Section, ledger: LineLedger): void {
  for (const { lines } of section.blocks) for (const { number } of lines) ledger.mark(number, 'prose');
}

function readHead(node: OutlineNode, ledger: LineLedger): Pick<Role, 'kind' | 'name' | 'title'> | undefined {
  const words = readTitle(node.key);
  if (words === undefined || node.value !== '') {
    ledger.unknown(node.line, 'ECS Task Role (ecs-task-role):');
    return undefined;
  }
  const fitting = (text: string) => byWords.find((kind) => kinds[kind].words.every((word) => word.test(text)));
  const kind = fitting(words.name) ?? fitting(words.title);
  if (kind === undefined)
    ledger.refuse(node.line, 'unknown-name', { found: words.name, nearest: offered(words.name, names) });
  return kind === undefined ? undefined : { kind, ...words };
}

function readRole(
  node: OutlineNode,
  head: Pick<Role, 'kind' | 'name' | 'title'>,
  path: string,
  ledger: LineLedger,
): Role {
  const rows = readRows(node.children, node.line, ledger, ['目的', '信頼関係', 'ポリシー']);
  if (rows.目的?.value === '') ledger.unknown(rows.目的.line, '目的: …');
  else if (rows.目的 !== undefined) ledger.state(rows.目的.line, 'claim', `${path}.purpose`);
  if (rows.信頼関係 !== undefined) {
    const { line, value: found } = rows.信頼関係;
    const expected = kinds[head.kind].principal;
    if (found === expected) ledger.state(line, 'input', `${path}.principal`);
    else {
      ledger.mark(line, 'unknown');
      ledger.refuse(line, 'role-principal', { role: head.title, found, expected });
    }
  }
  return {
    ...head,
    purpose: rows.目的?.value ?? '',
    principal: rows.信頼関係?.value ?? '',
    ...readPolicies(rows.ポリシー, path, ledger),
  };
}

const managedPattern = new RegExp(`^(?<name>[A-Za-z0-9_-]+)\\s*\\(\\s*(?:${anyOf([managedPolicy])})\\s*\\)$`, 'i');

function readPolicies(
  row: OutlineNode | undefined,
  path: string,
  ledger: LineLedger,
): Pick<Role, 'managedPolicies' | 'statements'> {
  const managedPolicies: string[] = [];
  const statements: Role['statements'] = [];
  if (row === undefined) return { managedPolicies, statements };
  if (row.value !== '' || row.children.length === 0) ledger.unknown(row.line, 'ポリシー: - … (AWS管理ポリシー)');
  else ledger.mark(row.line, 'heading');
  for (const { line, text, key, value, children } of row.children) {
    const managed = managedPattern.exec(text)?.groups?.name;
    if (managed !== undefined) {
      ledger.state(line, 'input', `${path}.managedPolicies.${managedPolicies.length}`);
      managedPolicies.push(managed);
    } else if (isLabelled(key, 'カスタムポリシー') && value === '' && children.length > 0) {
      ledger.mark(line, 'heading');
      for (const child of children) {
        const statement = readStatement(child, ledger);
        if (statement === undefined) continue;
        ledger.state(child.line, 'input', `${path}.statements.${statements.length}`);
        statements.push(statement);
      }
    }
  }
  return { managedPolicies, statements };
}

/** `Secrets Manager: GetSecretValue (DB認証情報のみ)`: the service, its actions, and in words on what. */
function readStatement({ line, key, value }: OutlineNode, ledger: LineLedger): Role['statements'][number] | undefined {
  const open = value.indexOf('(');
  const actions = readList(open < 0 ? value : value.slice(0, open));
  const scope = open < 0 ? '' : value.slice(open + 1, -1).trim();
  const wide = [...actions, scope].find((words) => /^[\w:]*\*/.test(words));
  if (wide !== undefined) {
    ledger.mark(line, 'unknown');
    ledger.refuse(line, 'wildcard', { found: wide });
    return undefined;
  }
  const isWhole = open < 0 || (value.endsWith(')') && scope !== '');
  if (!isWhole || !actions.every((action) => /^[A-Z][A-Za-z0-9]*$/.test(action))) {
    ledger.unknown(line, '- S3: GetObject, PutObject (…)');
    return undefined;
  }
  const prefix = serviceIn(iamPrefixes, key);
  if (prefix === undefined) {
    ledger.mark(line, 'unknown');
    ledger.refuse(line, 'unknown-name', { found: key, nearest: offered(key, Object.keys(iamPrefixes)) });
    return undefined;
  }
  return { service: key, prefix, actions, ...(scope === '' ? {} : { scope: readScope(scope) }) };
}
