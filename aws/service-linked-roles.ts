// Service-linked roles that must be there before the first resource that needs them.

export interface ServiceLinkedRole {
  readonly name: string;
  /** As `aws iam create-service-linked-role --aws-service-name` takes it. */
  readonly service: string;
  /** Resource types that are not made without it. */
  readonly types: readonly string[];
}

/**
 * Services make their roles themselves with the first resource that needs one. ECS does so too and takes its role on in the same moment,
 * before IAM has it everywhere, so that the first cluster of an account often fails (aws-cloudformation/cloudformation-coverage-roadmap#818;
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html). A test says of every other service that the
 * templates use where AWS tells who makes its role.
 */
export const rolesToMakeFirst: readonly ServiceLinkedRole[] = [
  { name: 'AWSServiceRoleForECS', service: 'ecs.amazonaws.com', types: ['AWS::ECS::Cluster', 'AWS::ECS::Service'] },
];
