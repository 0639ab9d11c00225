// Who may do what by a resource of a template, as a set of sentences: two sets tell whether a change lets somebody in who stood outside.
// Values are compared as they are written, so that a grant that is merely written in another way counts as a new one: asked once too
// often, never once too seldom.
import { isNode, isNodes, type Node, type TemplateNode } from '../../assembly/scope.ts';
import { canonical } from './canonical.ts';

interface Access {
  /** Sentences that let somebody do something. */
  readonly lets: ReadonlySet<string>;
  /** Sentences that keep somebody from it. */
  readonly keeps: ReadonlySet<string>;
}

/** Whether a resource lets through more than before; `undefined` stands for one that is not there. */
export function widensAccess(type: string, before: TemplateNode | undefined, after: TemplateNode | undefined): boolean {
  if (after === undefined) return [...accessOf(type, before).keeps].length > 0;
  const [old, now] = [accessOf(type, before), accessOf(type, after)];
  return [...now.lets].some((one) => !old.lets.has(one)) || [...old.keeps].some((one) => !now.keeps.has(one));
}

/** Where the policies of a type are, and what else of it lets people in. */
const policies: Readonly<Record<string, readonly string[]>> = {
  'AWS::Backup::BackupVault': ['AccessPolicy'],
  'AWS::ECR::Repository': ['RepositoryPolicyText'],
  'AWS::IAM::ManagedPolicy': ['PolicyDocument'],
  'AWS::IAM::Policy': ['PolicyDocument'],
  'AWS::IAM::Role': ['AssumeRolePolicyDocument', 'Policies'],
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::S3::BucketPolicy': ['PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument'],
  'AWS::SQS::QueuePolicy': ['PolicyDocument'],
  'AWS::SecretsManager::ResourcePolicy': ['ResourcePolicy'],
};

/** Properties that let somebody in by being there, or by what they say. */
const openings: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::SecurityGroup': ['SecurityGroupIngress', 'SecurityGroupEgress'],
  'AWS::EC2::SecurityGroupEgress': [''],
  'AWS::EC2::SecurityGroupIngress': [''],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['Scheme', 'SecurityGroups'],
  'AWS::IAM::Role': ['ManagedPolicyArns'],
  'AWS::IAM::Policy': ['Roles', 'Users', 'Groups'],
  'AWS::Lambda::Permission': [''],
  'AWS::RDS::DBInstance': ['PubliclyAccessible'],
};

/** Properties whose loss lets somebody in. */
const barriers: Readonly<Record<string, readonly string[]>> = {
  'AWS::CloudFront::Distribution': ['DistributionConfig.WebACLId'],
  'AWS::ElasticLoadBalancingV2::ListenerRule': ['Conditions'],
  'AWS::IAM::Role': ['PermissionsBoundary'],
  'AWS::S3::Bucket': ['PublicAccessBlockConfiguration'],
  'AWS::WAFv2::WebACL': ['Rules'],
  'AWS::WAFv2::WebACLAssociation': [''],
};

function accessOf(type: string, resource: TemplateNode | undefined): Access {
  const properties = isNode(resource?.Properties) ? resource.Properties : {};
  const lets = new Set<string>();
  const keeps = new Set<string>();
  if (resource === undefined) return { lets, keeps };
  for (const name of policies[type] ?? []) {
    for (const statement of statementsIn(properties[name])) {
      for (const sentence of sentencesOf(statement)) (statement.Effect === 'Deny' ? keeps : lets).add(sentence);
    }
  }
  for (const name of openings[type] ?? []) for (const one of partsAt(properties, name)) lets.add(`${name} ${one}`);
  for (const name of barriers[type] ?? []) for (const one of partsAt(properties, name)) keeps.add(`${name} ${one}`);
  return { lets, keeps };
}

/** The statements of a policy, or of several that a role carries within itself. */
function statementsIn(node: Node | undefined): TemplateNode[] {
  if (node === undefined) return [];
  if (isNodes(node)) return node.flatMap(statementsIn);
  if (!isNode(node)) return [];
  if ('Effect' in node) return [node];
  return [...statementsIn(node.Statement), ...statementsIn(node.PolicyDocument)];
}

/** One sentence for each action and resource: a statement that gains an action is then seen to have gained that one. */
function sentencesOf(statement: TemplateNode): string[] {
  const { Sid: _, Action, Resource, ...rest } = statement;
  const [actions, resources] = [list(Action), list(Resource)];
  return actions.flatMap((action) => resources.map((resource) => `${text(rest)} ${text(action)} ${text(resource)}`));
}

function partsAt(properties: TemplateNode, path: string): string[] {
  if (path === '') return [text(properties)];
  const found = path
    .split('.')
    .reduce<Node | undefined>((node, key) => (isNode(node) ? node[key] : undefined), properties);
  return found === undefined ? [] : list(found).map(text);
}

const list = (node: Node | undefined): readonly (Node | undefined)[] =>
  node !== undefined && isNodes(node) ? node : [node];

/** Descriptions of rules say nothing about who may do what. */
const text = (node: Node | undefined): string => canonical(node, 'Description');
