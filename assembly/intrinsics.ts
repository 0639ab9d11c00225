// CloudFormation's functions and conditions, carried out as far as templates alone allow, across stacks and regions. What only AWS
// knows (an account number, a generated name) stays `Unresolved` with the reason, or a `Reference` to what will have it.
import { isProperties, isSettled, referencesIn, type TakenDefault, textOf, type Value } from './graph.ts';
import {
  answerOf,
  answerTo,
  deeper,
  isNode,
  isNodes,
  member,
  type Node,
  nestedScope,
  once,
  orUnresolved,
  type Scope,
  type StackSource,
  scopeAbove,
  spend,
  type TemplateNode,
  takesDefaults,
  unresolved,
} from './scope.ts';
import { join, longest, partsOf, select, split, type TextPart, textFrom } from './text.ts';
import { all, any, not, type Truth } from './truth.ts';
import { said } from './words.ts';

/** The value of a part of a template; `undefined` where it says `AWS::NoValue`. */
export function resolve(node: Node | undefined, scope: Scope): Value | undefined {
  if (node === undefined || node === null || typeof node !== 'object') return node;
  spend(scope, 1);
  return deeper<Value | undefined>(scope, unresolved(said.tooDeep), () => within(node, scope));
}

function within(node: readonly Node[] | TemplateNode, scope: Scope): Value | undefined {
  if (isNodes(node)) return node.map((item) => resolve(item, scope)).filter((item) => item !== undefined);
  const keys = Object.keys(node);
  const only = keys.length === 1 ? keys[0] : undefined;
  if (only === 'Ref') return reference(node.Ref, scope);
  if (only?.startsWith('Fn::')) return call(only, node[only] ?? null, scope);
  const strange = keys.find((key) => key.startsWith('Fn::'));
  if (strange !== undefined) return unresolved(said.functionBesideKeys({ name: strange }));
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, inner]) => {
      const value = resolve(inner, scope);
      return value === undefined ? [] : [[reserved.has(key) ? `$${key}` : key, value]];
    }),
  );
}

/** What comes of a named condition; `undefined` when that hangs on something only AWS or the deployment knows. */
export function conditionHolds(name: string, scope: Scope): Truth {
  const node = member(scope.source.template, 'Conditions', name);
  const outcome = once(`condition ${name}`, scope, () => {
    const held = node === undefined ? answered({ Condition: name }, scope) : holds(node, scope);
    return held === undefined ? unresolved(said.conditionUnknown({ name })) : held;
  });
  return typeof outcome === 'boolean' ? outcome : undefined;
}

/** Value of an output of the scope's own stack. */
export function outputValue(name: string, scope: Scope): Value {
  const output = member(scope.source.template, 'Outputs', name);
  if (!isNode(output)) return unresolved(said.noOutput({ stack: scope.source.id, name }));
  return orUnresolved(
    once(`output ${name}`, scope, () => resolve(output.Value, scope)),
    said.outputLeftOut({ name }),
  );
}

/** What a parameter is given, by the caller or by the template that nests this one, or else its default. */
export function parameterValue(name: string, scope: Scope): Value {
  const parameter = member(scope.source.template, 'Parameters', name);
  if (!isNode(parameter)) return unresolved(said.noParameter({ name }));
  const type = typeof parameter.Type === 'string' ? parameter.Type : 'String';
  const listed = type === 'CommaDelimitedList' || type.startsWith('List<');
  const asTyped = (value: Value): Value =>
    listed && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
  const answer = answerOf(scope.source.id, name, scope);
  if (typeof answer?.value === 'string') return answer.value;
  if (type.startsWith('AWS::SSM::Parameter::Value')) {
    // What is given is the name under which SSM has the value.
    const value = scope.source.lookedUp?.[name];
    return value === undefined ? unresolved(said.parameterFromSsm({ name })) : asTyped(value);
  }
  const passed = passedBy(name, scope);
  if (passed === hidden && isTrue(parameter.NoEcho)) return unresolved(said.parameterHidden({ name }));
  if (passed !== undefined) return asTyped(passed);
  const value = answer === undefined ? parameter.Default : answer.otherwise;
  if (value === undefined) return unresolved(said.parameterWithoutDefault({ name }));
  return typeof value === 'object' ? unresolved(said.parameterDefaultNoText({ name })) : asTyped(value);
}

/** What CloudFormation shows for a parameter that the template wants hidden (its property `NoEcho`). */
const hidden = '****';
const isTrue = (node: Node | undefined) => node === true || node === 'true';

/** What the caller gives a parameter, or the template that nests this one. */
function passedBy(name: string, scope: Scope): Value | undefined {
  const { given } = scope.source;
  if (given !== undefined && Object.hasOwn(given, name)) return given[name];
  const above = scopeAbove(scope);
  const node = above === undefined ? undefined : passedNode(name, scope, above);
  return above === undefined || node === undefined
    ? undefined
    : once(`parameter ${name}`, scope, () => resolve(node, above));
}

const passedNode = (name: string, { source: { nestedIn } }: Scope, above: Scope): Node | undefined =>
  member(above.source.template, 'Resources', nestedIn?.logicalId ?? '', 'Properties', 'Parameters', name);

/** The default of a parameter that nobody has given; `undefined` for what is no such parameter. */
function defaultOf(name: string, scope: Scope): string | undefined {
  const parameter = member(scope.source.template, 'Parameters', name);
  if (!isNode(parameter) || String(parameter.Type).startsWith('AWS::SSM::')) return undefined;
  const { Default } = parameter;
  if (Default === undefined || typeof Default === 'object' || passedBy(name, scope) !== undefined) return undefined;
  return String(Default);
}

/** The defaults that a part of a template is read with. */
export function defaultsIn(node: Node | undefined, scope: Scope, pointer = ''): readonly TakenDefault[] {
  if (node === undefined || node === null || typeof node !== 'object') return [];
  if (isNodes(node)) return node.flatMap((item, index) => defaultsIn(item, scope, `${pointer}/${index}`));
  return Object.entries(node).flatMap(([key, inner]) => {
    const names = key === 'Ref' ? [inner] : key === 'Fn::Sub' ? variablesIn(isNodes(inner) ? inner[0] : inner) : [];
    const own = names.flatMap((parameter) => {
      if (typeof parameter !== 'string' || answerOf(scope.source.id, parameter, scope)?.value !== undefined) return [];
      const value = defaultOf(parameter, scope);
      return value === undefined ? [] : [{ parameter, value, pointer }];
    });
    const below = key.startsWith('Fn::') ? pointer : `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return [...own, ...defaultsIn(inner, scope, below)];
  });
}

const variablesIn = (text: Node | undefined): readonly string[] =>
  typeof text === 'string' ? [...text.matchAll(/\$\{([^}!.]+)\}/g)].map(([, name = '']) => name.trim()) : [];

/**
 * Keys of tagged values, and those that JavaScript itself asks an object for; a template that has them as its own data must not be taken
 * for a reference, nor make text of a value impossible.
 */
const reserved = new Set(['$ref', '$unresolved', '$join', '__proto__', 'toString', 'valueOf']);

function reference(target: Node | undefined, scope: Scope): Value | undefined {
  if (typeof target !== 'string') return unresolved(said.refWithoutName);
  if (target.startsWith('AWS::')) return pseudoParameter(target, scope.source);
  if (member(scope.source.template, 'Parameters', target) !== undefined) return parameterValue(target, scope);
  return resourceReference(target, scope);
}

function pseudoParameter(name: string, { id, name: stackName, region, account }: StackSource): Value | undefined {
  const regionKnown = region !== 'unknown-region';
  switch (name) {
    case 'AWS::NoValue':
      return undefined;
    case 'AWS::Region':
      return regionKnown ? region : unresolved(said.regionUnknown({ stack: id }));
    case 'AWS::Partition':
      return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
    case 'AWS::URLSuffix':
      return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    case 'AWS::StackName':
      return stackName;
    case 'AWS::AccountId':
      return account ?? unresolved(said.accountNumber);
    default:
      return unresolved(said.knownToAws({ name }));
  }
}

function resourceReference(logicalId: string, scope: Scope, attribute?: string): Value {
  const resource = member(scope.source.template, 'Resources', logicalId);
  if (!isNode(resource)) return unresolved(said.noResource({ template: scope.source.templateFile, name: logicalId }));
  if (typeof resource.Condition === 'string' && conditionHolds(resource.Condition, scope) === false) {
    return unresolved(said.leftOut({ name: logicalId, condition: resource.Condition }));
  }
  const $ref = `${scope.source.id}/${logicalId}`;
  if (attribute === undefined) return { $ref };
  const [, output] = /^Outputs\.(.+)$/.exec(attribute) ?? [];
  const nested = output === undefined ? undefined : nestedScope(scope, logicalId);
  if (output !== undefined && nested !== undefined) return outputValue(output, nested);
  if (!echoes.has(`${String(member(resource, 'Type'))}.${attribute}`)) return { $ref, attribute };
  const what = `attribute ${logicalId}.${attribute}`;
  const value = once(what, scope, () => resolve(member(resource, 'Properties', attribute), scope));
  if (scope.circles.has(what)) return unresolved(said.circle({ what, stack: scope.source.id }), { $ref, attribute });
  return typeof value === 'string' ? value : { $ref, attribute };
}

/** Attributes that give back a property as it was written. */
const echoes = new Set(['AWS::EC2::VPC.CidrBlock', 'AWS::EC2::Subnet.CidrBlock', 'AWS::EC2::Subnet.AvailabilityZone']);

function call(name: string, argument: Node, scope: Scope): Value | undefined {
  const list = isNodes(argument) ? argument : [];
  switch (name) {
    case 'Fn::GetAtt':
      return getAtt(argument, scope);
    case 'Fn::GetStackOutput':
      return getStackOutput(argument, scope);
    case 'Fn::ImportValue':
      return importValue(resolve(argument, scope), scope);
    case 'Fn::Join':
      return join(resolve(list[0], scope), resolve(list[1], scope));
    case 'Fn::Sub':
      return substitute(argument, scope);
    case 'Fn::Select':
      return select(resolve(list[0], scope), resolve(list[1], scope));
    case 'Fn::Split':
      return split(resolve(list[0], scope), resolve(list[1], scope));
    case 'Fn::If':
      return choose(list, scope);
    case 'Fn::FindInMap':
      return findInMap(list, scope);
    case 'Fn::Base64': {
      const text = resolve(argument, scope);
      return typeof text === 'string' && text.length <= longest
        ? Buffer.from(text).toString('base64')
        : unresolved(said.base64Unknown, text);
    }
    default:
      return unresolved(said.notCarriedOut({ name }), resolve(argument, scope));
  }
}

function getAtt(argument: Node, scope: Scope): Value {
  const [logicalId, attribute] = isNodes(argument)
    ? [argument[0], resolve(argument[1], scope)]
    : typeof argument === 'string'
      ? [argument.split('.', 1)[0], argument.slice(argument.indexOf('.') + 1)]
      : [];
  if (typeof logicalId !== 'string') return unresolved(said.getAttWithoutResource);
  if (typeof attribute !== 'string') return unresolved(said.getAttUnknown, resourceReference(logicalId, scope));
  return resourceReference(logicalId, scope, attribute);
}

/** CDK's weak references: a plain output of another stack, also of another region. Without a region, the stack's own. */
function getStackOutput(argument: Node, scope: Scope): Value {
  const values = resolve(argument, scope);
  if (!isProperties(values)) return unresolved(said.stackOutputWithoutNames);
  const { StackName, OutputName, Region = scope.source.region } = values;
  if (typeof StackName !== 'string' || typeof OutputName !== 'string' || typeof Region !== 'string') {
    return unresolved(said.stackOutputUnknown, values);
  }
  const other = scope.stacks.find(({ source }) => source.name === StackName && source.region === Region);
  if (other === undefined) return unresolved(said.noStack({ name: textOf(StackName), region: textOf(Region) }));
  scope.reads.add(other.source.id);
  return outputValue(OutputName, other);
}

function importValue(name: Value | undefined, scope: Scope): Value {
  if (typeof name !== 'string') return unresolved(said.importUnknown, name);
  for (const other of scope.stacks) {
    const { Outputs } = other.source.template;
    if (other.source.region !== scope.source.region || !isNode(Outputs)) continue;
    for (const [key, output] of Object.entries(Outputs)) {
      // Looked through, not worked out: a tenth of a step.
      spend(scope, 0.1);
      if (!isNode(output) || !isNode(output.Export)) continue;
      const exported = output.Export.Name;
      if (once(`export ${key}`, other, () => resolve(exported, other)) !== name) continue;
      scope.reads.add(other.source.id);
      return outputValue(key, other);
    }
  }
  return scope.source.exports?.[name] ?? unresolved(said.notExported({ name }));
}

function substitute(argument: Node, scope: Scope): Value {
  const [text, variables] = isNodes(argument) ? argument : [argument];
  if (typeof text !== 'string') return unresolved(said.subWithoutText);
  const parts = text.split(/\$\{([^}]*)\}/).map((piece, index): readonly TextPart[] => {
    if (index % 2 === 0) return [piece];
    if (piece.startsWith('!')) return [`\${${piece.slice(1)}}`];
    const name = piece.trim();
    const given = member(variables, name);
    const value =
      given !== undefined ? resolve(given, scope) : name.includes('.') ? getAtt(name, scope) : reference(name, scope);
    return partsOf(value ?? '');
  });
  return textFrom(parts.flat());
}

function choose([name, whenTrue, whenFalse]: readonly Node[], scope: Scope): Value | undefined {
  if (typeof name !== 'string') return unresolved(said.ifWithoutCondition);
  const held = conditionHolds(name, scope);
  if (held !== undefined) return resolve(held ? whenTrue : whenFalse, scope);
  const choice = unresolved(said.conditionUnknown({ name }), resolve(whenTrue, scope), resolve(whenFalse, scope));
  return { ...choice, isChoice: true };
}

function findInMap(list: readonly Node[], scope: Scope): Value {
  const [map, first, second] = list.slice(0, 3).map((key) => resolve(key, scope));
  if (typeof map !== 'string' || first === undefined || second === undefined || !isSettled([first, second])) {
    return unresolved(said.mapKeyUnknown);
  }
  const [top, inner] = [textOf(first), textOf(second)];
  const found = member(scope.source.template, 'Mappings', map, top, inner);
  const value =
    found === undefined
      ? resolve(member(list[3], 'DefaultValue'), scope)
      : once(`mapping ${JSON.stringify([map, top, inner])}`, scope, () => resolve(found, scope));
  return orUnresolved(value, said.notInMap({ name: map, keys: `${top}.${inner}` }));
}

function holds(node: Node | undefined, scope: Scope): Truth {
  if (!isNode(node)) return answered(node ?? null, scope);
  spend(scope, 1);
  return deeper<Truth>(scope, undefined, () => holdsWithin(node, scope));
}

function holdsWithin(node: TemplateNode, scope: Scope): Truth {
  if (typeof node.Condition === 'string') return conditionHolds(node.Condition, scope);
  const [name, argument] = Object.entries(node)[0] ?? [];
  const list = argument !== undefined && isNodes(argument) ? argument : [];
  switch (name) {
    case 'Fn::Equals':
      return equal(list, scope);
    case 'Fn::Not':
      return not(holds(list[0], scope));
    case 'Fn::And':
      return all(list.map((item) => holds(item, scope)));
    case 'Fn::Or':
      return any(list.map((item) => holds(item, scope)));
    default:
      return answered(node, scope);
  }
}

function equal(list: readonly Node[], scope: Scope): Truth {
  const [left, right] = [resolve(list[0], scope), resolve(list[1], scope)];
  if (left === undefined || right === undefined) return answered(list, scope);
  const asked = askedOfParameters(list, [left, right], scope);
  if (asked !== undefined && !takesDefaults(scope)) return asked.truth;
  const [leftKnown, rightKnown] = [isKnown(left), isKnown(right)];
  if (leftKnown && rightKnown) return sameText(left, right);
  if (isSettled([left, right]) && JSON.stringify(left) === JSON.stringify(right)) return true;
  if (leftKnown) return comparedWith(list[1], textOf(left), scope);
  if (rightKnown) return comparedWith(list[0], textOf(right), scope);
  return answered(list, scope);
}

/** What comes of a comparison with a parameter that has a default: nobody writes a condition on what is always its default. */
function askedOfParameters(
  [first, second]: readonly Node[],
  [left, right]: readonly [Value, Value],
  scope: Scope,
): { readonly truth: Truth } | undefined {
  const [one, other] = [openParameter(first, scope), openParameter(second, scope)];
  if (one !== undefined && other !== undefined) return { truth: answered([first ?? null, second ?? null], scope) };
  if (one !== undefined && isKnown(right)) return { truth: comparedWith(one.node, textOf(right), one.scope) };
  if (other !== undefined && isKnown(left)) return { truth: comparedWith(other.node, textOf(left), other.scope) };
  return undefined;
}

const isKnown = (value: Value) => isSettled(value) && referencesIn(value).length === 0;

const sameText = (left: Value, right: Value) =>
  JSON.stringify(left) === JSON.stringify(right) ||
  (typeof left !== 'object' && typeof right !== 'object' && String(left) === String(right));

/** Whether what only a deployment knows is a text: by the answer that this graph takes. */
function comparedWith(unknown: Node | undefined, text: string, scope: Scope): Truth {
  const stack = scope.source.id;
  const parameter = isNode(unknown) && typeof unknown.Ref === 'string' ? unknown.Ref : undefined;
  const what = parameter ?? JSON.stringify(unknown);
  const values = member(scope.source.template, 'Parameters', parameter ?? '', 'AllowedValues');
  const allowed = values !== undefined && isNodes(values) ? { allowed: values.map(String) } : {};
  const byDefault = parameter === undefined ? undefined : defaultOf(parameter, scope);
  const known = { ...allowed, ...(byDefault === undefined ? {} : { byDefault }) };
  const answer = answerTo({ stack, what, texts: new Set([text]), ...known }, scope);
  return answer === undefined ? undefined : answer.value === text;
}

/** The parameter that a part of a condition is, of this template or of the one that passes it on, where only its default is known. */
function openParameter(
  node: Node | undefined,
  scope: Scope,
): { readonly node: TemplateNode; readonly scope: Scope } | undefined {
  if (!isNode(node) || typeof node.Ref !== 'string') return undefined;
  if (defaultOf(node.Ref, scope) !== undefined) return { node, scope };
  const above = scopeAbove(scope);
  return above === undefined ? undefined : openParameter(passedNode(node.Ref, scope, above), above);
}

/** What comes of a condition that cannot be worked out here: by the answer that this graph takes. */
function answered(node: Node | readonly Node[], scope: Scope): Truth {
  const answer = answerTo({ stack: scope.source.id, what: JSON.stringify(node) }, scope);
  return typeof answer?.value === 'boolean' ? answer.value : undefined;
}
