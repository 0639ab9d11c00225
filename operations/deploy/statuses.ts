// What the state of a stack allows. The states: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
// (stack status codes). What leads out of a failed one:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html

export type StackCondition =
  /** There is none: it can be created. */
  | 'absent'
  /** An empty shell whose first change set was never executed: it can be created all the same. */
  | 'review'
  /** At rest: it can be updated. */
  | 'settled'
  /** Something is being done to it. */
  | 'moving'
  /** Its first creation failed and was taken back: it can only be deleted. */
  | 'remains'
  /** Only a person gets it out of this. */
  | 'stuck';

/** What gets a stuck stack going again. */
export type Remedy = 'continue-rollback' | 'rollback' | 'delete';

const table: Readonly<Record<string, StackCondition | Remedy>> = {
  REVIEW_IN_PROGRESS: 'review',
  CREATE_IN_PROGRESS: 'moving',
  CREATE_COMPLETE: 'settled',
  // Seen only where somebody switched CloudFormation's own rollback off.
  CREATE_FAILED: 'delete',
  ROLLBACK_IN_PROGRESS: 'moving',
  ROLLBACK_COMPLETE: 'remains',
  ROLLBACK_FAILED: 'delete',
  UPDATE_IN_PROGRESS: 'moving',
  // The new resources are there, the old ones are being cleared away; a next update has to wait for that.
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'moving',
  UPDATE_COMPLETE: 'settled',
  UPDATE_FAILED: 'rollback',
  UPDATE_ROLLBACK_IN_PROGRESS: 'moving',
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'moving',
  UPDATE_ROLLBACK_COMPLETE: 'settled',
  UPDATE_ROLLBACK_FAILED: 'continue-rollback',
  DELETE_IN_PROGRESS: 'moving',
  DELETE_COMPLETE: 'absent',
  DELETE_FAILED: 'delete',
  IMPORT_IN_PROGRESS: 'moving',
  IMPORT_COMPLETE: 'settled',
  IMPORT_ROLLBACK_IN_PROGRESS: 'moving',
  IMPORT_ROLLBACK_COMPLETE: 'settled',
  IMPORT_ROLLBACK_FAILED: 'continue-rollback',
};

/** A status that this table does not know counts as stuck: better to ask a person than to guess. */
export function standingOf(status: string | undefined): StackCondition {
  if (status === undefined) return 'absent';
  const found = table[status];
  return found === undefined || isRemedy(found) ? 'stuck' : found;
}

export function remedyOf(status: string): Remedy | undefined {
  const found = table[status];
  return found !== undefined && isRemedy(found) ? found : undefined;
}

/** Whether an operation that ended in this state did what it was asked to. */
export const succeeded = (status: string): boolean => status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE';

const isRemedy = (entry: StackCondition | Remedy): entry is Remedy =>
  entry === 'continue-rollback' || entry === 'rollback' || entry === 'delete';
