// Makes the copy of a cloud assembly that an emulator can carry out: without resource types that it does not know, and without container
// images, which only Docker builds.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, isNodes, type Node, type TemplateNode } from '../../assembly/scope.ts';
import type { LeftOut } from './left-out.ts';

export interface Stripped {
  /** Each resource that is left out, `<template file>: <logical id> (<type>)`. */
  readonly resources: readonly string[];
  /** Entries of the list that left nothing out. */
  readonly unused: readonly LeftOut[];
  /** `<type> <property path>` of what spoke of one of them, and of outputs. */
  readonly readBy: ReadonlySet<string>;
  /** How many container images are not built. */
  readonly images: number;
}

/**
 * Copies `from` to `to`, less the resources on the list; what referred to one says `left-out-<logical id>` instead.
 * @param refs attribute that stands for `Ref`, by type, where the emulator has something else for `Ref` than AWS
 */
export function stripAssembly(
  from: string,
  to: string,
  list: readonly LeftOut[],
  refs: Readonly<Record<string, string>>,
): Stripped {
  cpSync(from, to, { recursive: true });
  const resources: string[] = [];
  const used = new Set<LeftOut>();
  const readBy = new Set<string>();
  let images = 0;
  for (const file of readdirSync(to)) {
    if (file.endsWith('.template.json')) {
      const template = readNode(join(to, file));
      const changes: Changes = { gone: new Set(), attributes: new Map() };
      for (const [id, resource] of Object.entries(section(template, 'Resources'))) {
        const type = isNode(resource) ? String(resource.Type) : '';
        const attribute = refs[type];
        if (attribute !== undefined) changes.attributes.set(id, attribute);
        const entry = list.find((each) => each.type === type && hasProperty(resource, each.having));
        if (entry === undefined) continue;
        changes.gone.add(id);
        used.add(entry);
        resources.push(`${file}: ${id} (${type})`);
      }
      writeNode(join(to, file), without(template, changes, readBy));
    } else if (file.endsWith('.assets.json')) {
      const assets = readNode(join(to, file));
      images += Object.keys(section(assets, 'dockerImages')).length;
      writeNode(join(to, file), { ...assets, dockerImages: {} });
    }
  }
  return { resources, unused: list.filter((entry) => !used.has(entry)), readBy, images };
}

function hasProperty(resource: Node, name: string | undefined): boolean {
  return name === undefined || (isNode(resource) && isNode(resource.Properties) && name in resource.Properties);
}

/** By logical id: what is left out, and for what `Ref` is written as an attribute. */
interface Changes {
  readonly gone: Set<string>;
  readonly attributes: Map<string, string>;
}

function without(template: TemplateNode, changes: Changes, readBy: Set<string>): TemplateNode {
  const { gone } = changes;
  const kept = Object.entries(section(template, 'Resources')).filter(([id]) => !gone.has(id));
  const Resources = Object.fromEntries(
    kept.map(([id, resource]) => {
      if (!isNode(resource)) return [id, resource];
      const { DependsOn, ...rest } = resource;
      const waitsFor = [DependsOn ?? []].flat().filter((other) => !gone.has(String(other)));
      const place = (path: readonly string[]) => `${String(resource.Type)} ${path.slice(1).join('.')}`;
      const inner = replaced(rest, changes, [], (path) => readBy.add(place(path)));
      return [id, { ...(isNode(inner) ? inner : {}), ...(waitsFor.length === 0 ? {} : { DependsOn: waitsFor }) }];
    }),
  );
  const Outputs = replaced(section(template, 'Outputs'), changes, [], ([name = '']) => readBy.add(`output ${name}`));
  return { ...withoutTransform(template, kept), Resources, Outputs };
}

/** A template whose resources of the serverless model are all gone needs no macro to expand them. */
function withoutTransform(template: TemplateNode, kept: readonly (readonly [string, Node])[]): TemplateNode {
  const { Transform, ...rest } = template;
  const needed = kept.some(([, each]) => isNode(each) && String(each.Type).startsWith('AWS::Serverless::'));
  return Transform === 'AWS::Serverless-2016-10-31' && !needed ? rest : template;
}

/** A node with its references changed; `told` hears the path of each to what is gone. */
function replaced(
  node: Node,
  changes: Changes,
  path: readonly string[],
  told: (path: readonly string[]) => void,
): Node {
  if (isNodes(node)) return node.map((item) => replaced(item, changes, path, told));
  if (!isNode(node)) return node;
  const getAtt = node['Fn::GetAtt'];
  const target = String(node.Ref ?? (Array.isArray(getAtt) ? getAtt[0] : '') ?? '');
  if (changes.gone.has(target)) {
    told(path);
    return `left-out-${target}`;
  }
  const attribute = changes.attributes.get(target);
  if (attribute !== undefined && 'Ref' in node) return { 'Fn::GetAtt': [target, attribute] };
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, replaced(value, changes, [...path, key], told)]),
  );
}

function section(template: TemplateNode, name: string): TemplateNode {
  const node = template[name];
  return isNode(node) ? node : {};
}

export function readNode(file: string): TemplateNode {
  const node: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isNode(node)) throw new Error(`${file}: expected an object`);
  return node;
}

export function writeNode(file: string, node: TemplateNode): void {
  writeFileSync(file, JSON.stringify(node, null, 1));
}
