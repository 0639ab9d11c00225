// Why what cfn-lint and Checkov find in the templates stays as it is. A finding without a reason fails a test, and so does a reason that
// nothing is left for.
import { reasons as packs } from '../../infrastructure/lib/security-reasons.ts';

export interface GraderReason {
  /** The grader's id of the rule: `E…` and `W…` are cfn-lint's, `CKV_…` Checkov's. */
  readonly rule: string;
  /** Construct paths without the environment, whole: where the reason holds, and nowhere else. */
  readonly at: RegExp;
  readonly why: string;
}

/** The functions that the state machine of a failover calls. */
const steps = /^RecoveryStack\/\w+\/Function$/;
const functions = /^(ComputeStack\/Functions\/\w+|(RecoveryStack\/\w+|DatabaseStack\/Extensions)\/Function)$/;

export const graderReasons: readonly GraderReason[] = [
  {
    rule: 'E6101',
    at: /^\w*ReferencesStack\.template\.json\/\w+$/,
    why: 'An output may repeat the output of a stack of another region by `Fn::GetStackOutput` (aws-cdk#37948); cfn-lint knows the function for no string yet.',
  },
  {
    rule: 'W3005',
    at: /^(RecoveryStack\/(\w+\/Function|Failover\/Machine)|(Database|Recovery)Stack\/Protection\/Clock\/Policy|DatabaseStack\/(Global|Extensions\/(Function|Step\/Default)))$/,
    why: 'The CDK writes every dependency that is meant, also one that a reference says already: harmless, and what waits for the role waits for its policy too.',
  },
  { rule: 'CKV_AWS_115', at: functions, why: reasonOf('LambdaConcurrency') },
  { rule: 'CKV_AWS_116', at: functions, why: reasonOf('LambdaDLQ') },
  { rule: 'CKV_AWS_117', at: steps, why: reasonOf('LambdaInsideVPC') },
  {
    rule: 'CKV_AWS_173',
    at: functions,
    why: 'Variables name hosts, queues and tables, never a secret: these are read when they are needed. Lambda encrypts variables with a key of its own; one of ours would cost a dollar a month to hide what the template says anyhow.',
  },
  {
    rule: 'CKV_AWS_149',
    at: /^SecurityStack\/OriginHeader\/(Current|Next)$/,
    why: reasonOf('SecretsManagerUsingKMSKey'),
  },
  { rule: 'CKV_AWS_158', at: /\/(\w*Log|LogGroup)$/, why: reasonOf('CloudWatchLogGroupEncrypted') },
  {
    rule: 'CKV_AWS_18',
    at: /^(EdgeStack\/Assets\/Bucket|(StorageStack|RecoveryBaseStack)\/(Data|Logs))$/,
    why: reasonOf('S3BucketLoggingEnabled'),
  },
  {
    rule: 'CKV_AWS_260',
    at: /^SecurityStack\/Groups\/Alb$/,
    why: "The document's rule (SG-1): the listener on port 80 only sends people on to 443.",
  },
  {
    rule: 'CKV_AWS_86',
    at: /^EdgeStack\/Distribution$/,
    why: "Access logs are on, by vended delivery, which the rule does not know: the distribution's own way needs a bucket with ACLs.",
  },
  { rule: 'CKV_AWS_91', at: /^ComputeStack\/FrontDoor\/LoadBalancer$/, why: reasonOf('ELBLoggingEnabled') },
];

/** What the security packs find too. */
function reasonOf(rule: string): string {
  const why = packs[rule];
  if (why === undefined) throw new Error(`The packs find no ${rule} any more: say here why it stays`);
  return why;
}
