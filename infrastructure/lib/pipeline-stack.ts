// What lets GitHub Actions deploy without a key that could be lost: an identity provider, and a role for each environment.

import { ArnFormat, CfnOutput, Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import {
  type IOidcProvider,
  OidcProviderNative,
  Policy,
  PolicyStatement,
  Role,
  WebIdentityPrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Design, Environment } from '../../design/schema.ts';
import { environmentPrefix } from '../../design/stack-names.ts';
import { recoveryRegion } from './document-values.ts';
import { deployStatements } from './pipeline-permissions.ts';

export interface PipelineStackProps extends StackProps {
  readonly design: Design;
  /**
   * The repository as GitHub names it in its tokens: `owner/name`, or `owner@id/name@id` for one made after 15 July 2026, which nobody
   * can take over by taking its name: https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
   */
  readonly repository: string;
  /** Those that live in this account. */
  readonly environments: readonly Environment[];
  /** Whether the account has GitHub's identity provider already; there can be only one. */
  readonly providerExists: boolean;
}

const issuer = 'token.actions.githubusercontent.com';
const audience = 'sts.amazonaws.com';

/**
 * One role for each environment. A job gets it only when it runs in the GitHub environment of that name, so GitHub's own rules (who
 * approves, from which branch) stand before it; a pull request's job has another subject and is refused.
 *
 * The role changes nothing by itself but what `hashira deploy` does beside CloudFormation: stacks and assets go through the roles of
 * the CDK bootstrap. Those know no environments: where two share an account, whoever may deploy the one may deploy the other, and only
 * an account for each (`accounts: each`, the document's default) keeps them apart.
 *
 * Day 2: `aws iam delete-role` of a role ends all deployments of its environment at once, whoever holds the repository.
 *
 * @cost none.
 */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    const { design, repository, environments, providerExists, ...rest } = props;
    super(scope, id, { description: 'Lets GitHub Actions deploy', terminationProtection: true, ...rest });
    const provider = this.provider(providerExists);
    for (const environment of environments) {
      const name = environmentPrefix(environment);
      const role = new Role(this, name, {
        description: `GitHub Actions of ${repository}, environment ${environment}`,
        assumedBy: new WebIdentityPrincipal(provider.oidcProviderArn, {
          StringEquals: {
            [`${issuer}:aud`]: audience,
            [`${issuer}:sub`]: `repo:${repository}:environment:${environment}`,
          },
        }),
        // A first deployment with a database and CloudFront takes some 40 minutes.
        maxSessionDuration: Duration.hours(2),
      });
      const statements = deployStatements(
        this,
        environment,
        design.region,
        regionsOf(design, environment),
        recoveryRegion(design, environment),
      );
      const policy = new Policy(this, `${name}Policy`, {
        roles: [role],
        statements: statements.map(({ statement }) => new PolicyStatement(statement)),
      });
      for (const { name: wildcard, reason } of statements.flatMap(({ wildcards }) => wildcards)) {
        Validations.of(policy).acknowledge({ id: `AwsSolutions-IAM5[${wildcard}]`, reason });
      }
      new CfnOutput(this, `${name}Role`, {
        value: role.roleArn,
        description: `AWS_ROLE of environment ${environment}`,
      });
    }
  }

  private provider(exists: boolean): Pick<IOidcProvider, 'oidcProviderArn'> {
    if (!exists) return new OidcProviderNative(this, 'GitHub', { url: `https://${issuer}`, clientIds: [audience] });
    const arn = this.formatArn({
      service: 'iam',
      region: '',
      resource: 'oidc-provider',
      resourceName: issuer,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    return { oidcProviderArn: arn };
  }
}

/** Every region that an environment has stacks in. */
function regionsOf(design: Design, environment: Environment): readonly string[] {
  const recovery = recoveryRegion(design, environment);
  return [...new Set([design.region, 'us-east-1', ...(recovery === undefined ? [] : [recovery])])];
}
