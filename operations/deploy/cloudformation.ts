// All that the deployer asks of CloudFormation. The port is this narrow so that a scripted double can stand in its place and fail where
// it is told; aws-cloudformation.ts is the real one.

import type { Words } from '../../design/messages/words.ts';
/** Which stack is asked for, where, and in whose name. */
export interface StackReference {
  /** The stack's name, or its ARN, by which also a deleted one can be asked for. */
  readonly name: string;
  readonly region: string;
  /** ARN of the role that the deployer takes on to ask; absent: as whoever is signed in. */
  readonly role?: string;
}

export interface StackState {
  /** ARN. */
  readonly id: string;
  /** E.g. `UPDATE_COMPLETE`; statuses.ts says what each means. */
  readonly status: string;
  readonly reason?: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** When it was last created or updated; milliseconds since 1970. */
  readonly updated: number;
  readonly terminationProtection: boolean;
}

export interface ChangeSetRequest {
  readonly place: StackReference;
  readonly name: string;
  /** The same token asks for the same change set, however often it is sent. */
  readonly token: string;
  readonly kind: 'CREATE' | 'UPDATE';
  readonly templateUrl: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Parameters that keep the value they have; the others take the template's default. */
  readonly keep: readonly string[];
  /** ARN of the role that CloudFormation itself acts as. */
  readonly executionRole?: string;
  readonly description: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html */
export interface ResourceChange {
  readonly action: string;
  readonly logicalId: string;
  readonly type: string;
  /** `Conditional`: only CloudFormation's execution will tell. */
  readonly replacement: 'True' | 'False' | 'Conditional';
  readonly details: readonly {
    /** `Properties`, `Metadata`, `Tags` … */
    readonly attribute: string;
    /** Of the property. */
    readonly name?: string;
    readonly recreation: 'Never' | 'Conditionally' | 'Always';
  }[];
}

export interface ChangeSet {
  readonly state: 'pending' | 'ready' | 'empty' | 'failed';
  readonly reason?: Words | string;
  readonly changes: readonly ResourceChange[];
}

export interface StackEvent {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly logicalId: string;
  readonly type: string;
  /** Whether it is of the stack itself, and not of a resource in it. */
  readonly ofStack: boolean;
  readonly status: string;
  readonly reason?: string;
  /** Token of the request that began it. */
  readonly token?: string;
}

/** Every method throws AwsFault. */
export interface CloudFormation {
  /** `undefined` when there is no stack of that name. */
  describe(place: StackReference): Promise<StackState | undefined>;
  /** The template as it was handed in. */
  template(place: StackReference): Promise<string>;
  /** Physical ids by logical id. */
  resources(place: StackReference): Promise<Readonly<Record<string, string>>>;
  createChangeSet(request: ChangeSetRequest): Promise<void>;
  describeChangeSet(place: StackReference, name: string): Promise<ChangeSet>;
  /** @throws AwsFault `InvalidChangeSetStatus` when it was executed already, or can no longer be */
  execute(place: StackReference, name: string, token: string): Promise<void>;
  /** Throws a change set away; one that is not there is no error. */
  discard(place: StackReference, name: string): Promise<void>;
  /**
   * Of the latest operation on the stack, newest first.
   * @param token of the operation that is meant: none, as long as the latest one is another's
   */
  events(place: StackReference, token?: string): Promise<readonly StackEvent[]>;
  delete(place: StackReference, token: string): Promise<void>;
  protect(place: StackReference, on: boolean): Promise<void>;
}
