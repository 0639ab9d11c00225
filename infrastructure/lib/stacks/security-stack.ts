// The security stack: who may speak to whom, and who may do what (STK-2, SG-1…5, IAM-1…4).
import { CfnSecurityGroupIngress, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Design, RoleKind } from '../../../design/schema.ts';
import { OriginHeader, type OriginHeaderArns } from '../constructs/load-balancer/origin-header.ts';
import { documentRole } from '../constructs/role/document-role.ts';
import { DocumentSecurityGroups } from '../constructs/security-group/document-security-groups.ts';
import { standbyRegion } from '../document-values.ts';
import { edgeRegion } from '../edge.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';
import type { NetworkStack } from './network-stack.ts';

export interface SecurityStackProps extends PlatformStackProps {
  readonly network: NetworkStack;
  /** What a region that stands by would take over from. */
  readonly primary?: { readonly security: SecurityStack };
}

/** Part of the roles' logical ids, so it must not change. */
const roleIds: Readonly<Record<RoleKind, string>> = {
  'task-execution': 'TaskExecutionRole',
  task: 'TaskRole',
  lambda: 'FunctionRole',
  'rds-monitoring': 'DatabaseMonitoringRole',
};

/**
 * Groups and roles of the document, which later stacks wear and take on, and cannot change. The secret that tells CloudFront from
 * others is here and not with the load balancer, which may be destroyed and deployed again while CloudFront goes on sending it. A region
 * that stands by has replicas of it, so that its load balancer knows the same CloudFront.
 *
 * @cost groups and roles are free; for the secret see `OriginHeader`.
 */
export class SecurityStack extends PlatformStack {
  readonly albSecurityGroup: ISecurityGroup;
  readonly ecsSecurityGroup: ISecurityGroup;
  readonly rdsSecurityGroup: ISecurityGroup;
  /** Absent when the document has no group for functions. */
  readonly lambdaSecurityGroup?: ISecurityGroup;
  /** Absent when the document has no group for a cache. */
  readonly cacheSecurityGroup?: ISecurityGroup;
  /** Taking a role that the document does not have is an error. */
  readonly roles: Readonly<Record<RoleKind, Role>>;
  /** What CloudFront shows to the load balancers. */
  readonly originHeader: OriginHeader;
  /** By it the load balancer of this region knows CloudFront. */
  readonly originHeaderArns: OriginHeaderArns;

  constructor(scope: Construct, id: string, props: SecurityStackProps) {
    super(scope, id, props);
    const { design, environment, network, primary } = props;
    const groups = new DocumentSecurityGroups(this, 'Groups', { vpc: network.vpc, groups: design.securityGroups });
    this.albSecurityGroup = groups.get('alb');
    this.ecsSecurityGroup = groups.get('ecs');
    this.rdsSecurityGroup = groups.get('rds');
    const lambda = groups.find('lambda');
    const cache = groups.find('cache');
    if (lambda !== undefined) this.lambdaSecurityGroup = lambda;
    if (cache !== undefined) this.cacheSecurityGroup = cache;
    this.openEndpoints(network);
    this.roles = rolesOf(this, design);
    this.originHeader =
      primary?.security.originHeader ??
      new OriginHeader(this, 'OriginHeader', {
        edgeRegion,
        standbyRegion: standbyRegion(design, environment),
        kept: this.kept,
      });
    const { current, next } = this.originHeader.arnsIn(this.region);
    const owner = primary?.security ?? this;
    this.originHeaderArns = {
      current: this.readFrom(owner, 'OriginHeaderCurrentArn', current),
      next: this.readFrom(owner, 'OriginHeaderNextArn', next),
    };
  }

  /** Tasks and functions reach the interface endpoints; the rules stand here because the callers' groups do. */
  private openEndpoints({ endpointSecurityGroup }: NetworkStack): void {
    if (endpointSecurityGroup === undefined) return;
    const callers = { Ecs: this.ecsSecurityGroup, Lambda: this.lambdaSecurityGroup };
    for (const [name, caller] of Object.entries(callers)) {
      if (caller === undefined) continue;
      new CfnSecurityGroupIngress(this, `EndpointsFrom${name}`, {
        groupId: endpointSecurityGroup.securityGroupId,
        sourceSecurityGroupId: caller.securityGroupId,
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        description: `From ${name === 'Ecs' ? 'ECS' : name}`,
      });
    }
  }
}

function rolesOf(scope: Construct, { roles }: Design): Readonly<Record<RoleKind, Role>> {
  const made = new Map(roles.map((wanted) => [wanted.kind, documentRole(scope, roleIds[wanted.kind], wanted)]));
  const role = (kind: RoleKind): Role => {
    const found = made.get(kind);
    if (found === undefined) throw new Error(`The document has no ${kind} role, and the platform needs one`);
    return found;
  };
  return {
    get 'task-execution'() {
      return role('task-execution');
    },
    get task() {
      return role('task');
    },
    get lambda() {
      return role('lambda');
    },
    get 'rds-monitoring'() {
      return role('rds-monitoring');
    },
  };
}
