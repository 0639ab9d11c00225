// The security groups of the document with exactly its rules (SG-1…5).
import { Tags, Validations } from 'aws-cdk-lib';
import { type ISecurityGroup, type IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { SecurityGroup as DocumentGroup, SecurityGroupRule as DocumentRule } from '../../../../design/schema.ts';

export interface DocumentSecurityGroupsProps {
  readonly vpc: IVpc;
  readonly groups: readonly DocumentGroup[];
}

/**
 * All groups are made first and their rules after them, since the rules point at each other in circles.
 *
 * What leaves here cannot be changed: CDK's load balancers, services and databases like to add a rule to a group that they are given,
 * and here the document alone has the say. A group without egress gets CDK's rule to 255.255.255.255/32, which nothing matches, since
 * EC2 would otherwise let it speak to everybody.
 *
 * Day 2: `aws ec2 describe-security-group-rules --filters Name=group-id,Values=<group>` against the document; what differs was done
 * by hand, and `aws cloudformation detect-stack-drift` names it.
 *
 * @cost free.
 */
export class DocumentSecurityGroups extends Construct {
  private readonly groups: ReadonlyMap<string, ISecurityGroup>;

  constructor(scope: Construct, id: string, props: DocumentSecurityGroupsProps) {
    super(scope, id);
    const made = new Map(props.groups.map((group) => [group.key, this.make(props.vpc, group)]));
    for (const { key, ingress, egress } of props.groups) {
      const group = known(made, key);
      for (const rule of ingress) group.addIngressRule(peerOf(rule, made), portOf(rule), rule.description);
      for (const rule of egress) group.addEgressRule(peerOf(rule, made), portOf(rule), rule.description);
    }
    this.groups = new Map(
      [...made].map(([key, { securityGroupId }]) => [
        key,
        SecurityGroup.fromSecurityGroupId(this, `${capital(key)}View`, securityGroupId, { mutable: false }),
      ]),
    );
  }

  /** The group of the document with that key. */
  get(key: string): ISecurityGroup {
    return known(this.groups, key);
  }

  /** The same, for a group that a document may do without. */
  find(key: string): ISecurityGroup | undefined {
    return this.groups.get(key);
  }

  private make(vpc: IVpc, { key, name, title, ingress }: DocumentGroup): SecurityGroup {
    const group = new SecurityGroup(this, capital(key), {
      vpc,
      description: isPlain(title) ? title : name,
      allowAllOutbound: false,
    });
    Tags.of(group).add('Name', name);
    if (ingress.some(({ peer }) => peer.kind === 'cidr' && peer.cidr === '0.0.0.0/0')) {
      Validations.of(group).acknowledge({
        id: 'AwsSolutions-EC23',
        reason: `The document opens ${name} to everybody; the reader refuses any port but 80 and 443.`,
      });
    }
    return group;
  }
}

function peerOf({ peer }: DocumentRule, groups: ReadonlyMap<string, SecurityGroup>) {
  return peer.kind === 'cidr' ? Peer.ipv4(peer.cidr) : known(groups, peer.group);
}

function portOf({ protocol, fromPort, toPort }: DocumentRule): Port {
  return protocol === 'tcp' ? Port.tcpRange(fromPort, toPort) : Port.udpRange(fromPort, toPort);
}

function known<T>(groups: ReadonlyMap<string, T>, key: string): T {
  const group = groups.get(key);
  if (group === undefined) throw new Error(`The document has no security group ${key}, and the platform needs one`);
  return group;
}

/** EC2 takes no Japanese in a description. */
const isPlain = (text: string) => /^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(text);

const capital = (key: string) => `${key.charAt(0).toUpperCase()}${key.slice(1)}`;
