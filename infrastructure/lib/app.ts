// The CDK app: settings that make synthesis offline and repeatable, and the checks that every template passes before anybody sees it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { UNKNOWN_ACCOUNT, UNKNOWN_REGION } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { TemplateToValidate } from './schema-validation/violation.ts';

/** What the validator or cdk-nag found and nobody acknowledged. */
export interface NagFinding {
  /** E.g. `AwsSolutions-S1` or `E3002`. */
  readonly rule: string;
  readonly description: string;
  /** Path of the construct, beginning with the stack's id; the rule's plugin when the finding belongs to no construct. */
  readonly resource: string;
}

export interface Synthesized {
  readonly findings: readonly NagFinding[];
  readonly templates: readonly TemplateToValidate[];
}

export interface AppOptions {
  /** Where the cloud assembly goes; absent: where the CDK CLI wants it. */
  readonly outdir?: string;
  /** Whether the schema validator and cdk-nag run; they take some seconds, so tests of a single stack do without. */
  readonly validation?: boolean;
  /** Whether the schema validator runs as a part of synthesis, where checks run at all; a build runs it beside the judging. */
  readonly schemaValidator?: boolean;
  /** Context that comes before `defaults`; what the CDK CLI is given comes before both. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/**
 * Settings of every build, whoever starts it. Flags are named one by one and not taken from the library's list of recommended ones:
 * a new version of the library must not change templates by itself.
 */
const defaults = {
  // No stack is locked by another's export, and regions need no custom resource between them. The one line to weigh: see the ADR.
  '@aws-cdk/core:defaultCrossStackReferences': 'weak',

  // The same bytes from `hashira build` and from `cdk synth`, and a construct path on every resource for whoever reads templates.
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:disable-stack-trace': true,
  'aws:cdk:disable-creation-stack-traces': true,
  '@aws-cdk/core:enablePartitionLiterals': true,
  '@aws-cdk/core:target-partitions': ['aws'],

  // Findings are errors, those of constructs' own annotations too; they are read from the report, so synthesis does not throw.
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  '@aws-cdk/core:annotationsInValidationReport': true,
  '@aws-cdk/core:failSynthOnValidationErrors': false,
  '@aws-cdk/core:checkSecretUsage': true,
  '@aws-cdk/core:validateSnapshotRemovalPolicy': true,

  // Least privilege, and one statement where several say the same.
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-kms:reduceCrossAccountRegionPolicyScope': true,
  '@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption': true,
  '@aws-cdk/aws-secretsmanager:useAttachedSecretResourcePolicyForSecretTargetAttachments': true,
  '@aws-cdk/aws-ecs:reduceEc2FargateCloudWatchPermissions': true,
  '@aws-cdk/aws-lambda:createNewPoliciesWithAddToRolePolicy': false,

  // Today's behaviour of what the platform uses, instead of that of the library's first version.
  '@aws-cdk/aws-ecs:arnFormatIncludesClusterName': true,
  '@aws-cdk/aws-ecs:disableExplicitDeploymentControllerForCircuitBreaker': true,
  '@aws-cdk/aws-ecs:removeDefaultDeploymentAlarm': true,
  '@aws-cdk/aws-ecs:removeEmptyLoadBalancers': true,
  '@aws-cdk/aws-events:eventsTargetQueueSameAccount': true,
  '@aws-cdk/aws-lambda:recognizeLayerVersion': true,
  '@aws-cdk/aws-lambda:useCdkManagedLogGroup': true,
  '@aws-cdk/aws-rds:auroraClusterChangeScopeOfInstanceParameterGroupWithEachParameters': true,
  '@aws-cdk/aws-rds:preventRenderingDeprecatedCredentials': true,
  '@aws-cdk/aws-s3:publicAccessBlockedByDefault': true,
  '@aws-cdk/aws-s3:createDefaultLoggingPolicy': true,
} as const;

/** An app without stacks; `buildPlatform` fills it. */
export function createApp({ outdir, validation = true, schemaValidator = true, context = {} }: AppOptions = {}): App {
  const app = new App({
    outdir,
    analyticsReporting: false,
    builtinCloudFormationValidation: validation && schemaValidator,
    context: { ...defaults, ...context },
  });
  if (validation) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

/**
 * Writes the cloud assembly and gives what the checks found, each finding for each resource.
 * @throws Error when a check could not run: no findings would then mean nothing.
 */
export function synthesize(app: App): Synthesized {
  forgetPaths(app);
  const { directory, stacksRecursively } = app.synth();
  const templates = stacksRecursively.map(({ templateFullPath: file, hierarchicalId: stack, environment }) => ({
    file,
    stack,
    account: environment.account === UNKNOWN_ACCOUNT ? undefined : environment.account,
    region: environment.region === UNKNOWN_REGION ? undefined : environment.region,
  }));
  const text = readIfPresent(join(directory, 'validation-report.json'));
  if (text === undefined) return { findings: [], templates };
  const { pluginReports } = JSON.parse(text) as ValidationReport;
  return { findings: pluginReports.flatMap(findingsOf), templates };
}

/**
 * CDK notes the source file of every acknowledgement, whatever the settings say; in another directory that would be other bytes. Some
 * are made as late as in a construct's validation, and validations run in the order in which they were added.
 */
function forgetPaths(app: App): void {
  for (const { node } of app.node.findAll()) {
    node.addValidation({
      validate: () => {
        for (const entry of node.metadata) Object.assign(entry, { trace: undefined });
        return [];
      },
    });
  }
}

/** What is read of the report, whose full shape is in `@aws-cdk/cloud-assembly-schema`. */
interface ValidationReport {
  readonly pluginReports: readonly PluginReport[];
}

interface PluginReport {
  readonly pluginName: string;
  readonly metadata?: { readonly error?: string };
  readonly violations: readonly {
    readonly ruleName: string;
    readonly description: string;
    readonly violatingConstructs: readonly { readonly constructPath: string }[];
  }[];
}

function findingsOf({ pluginName, metadata, violations }: PluginReport): NagFinding[] {
  if (metadata?.error !== undefined) throw new Error(metadata.error);
  return violations.flatMap(({ ruleName: rule, description, violatingConstructs }) =>
    violatingConstructs.map(({ constructPath }) => ({ rule, description, resource: constructPath || pluginName })),
  );
}

/** The report is written only when a check has something to say or ran at all. */
function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
