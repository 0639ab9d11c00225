// What rotating a secret means, whichever way it goes.
import { at, literal, type Resource } from '../../assembly/graph.ts';

/** One step of a rotation that is done, or was found done already. */
export type RotationListener = (step: RotationStep, about: string) => void;
export type RotationStep =
  | 'asked'
  | 'made'
  | 'found'
  | 'offered'
  | 'current'
  | 'replicated'
  | 'restarted'
  | 'updated'
  | 'closed';

/** A secret by what it is for. */
export type Rotatable =
  | { readonly name: string; readonly kind: 'by-function'; readonly secret: Resource }
  | { readonly name: string; readonly kind: 'token'; readonly secret: Resource; readonly cache: Resource }
  | {
      readonly name: string;
      readonly kind: 'header';
      /** What CloudFront sends. */
      readonly secret: Resource;
      /** What the load balancer knows beside it. */
      readonly next: Resource;
      readonly distribution: Resource;
      readonly rule: Resource;
      /** Of the load balancers of other regions, which take over with CloudFront as it is then. */
      readonly others: readonly Resource[];
    };

/** As the template has secrets made. */
export function shapeOf({ properties }: Resource): { PasswordLength: number; ExcludePunctuation: boolean } {
  return {
    PasswordLength: Number(literal(at(properties, 'GenerateSecretString', 'PasswordLength')) ?? 32),
    ExcludePunctuation: literal(at(properties, 'GenerateSecretString', 'ExcludePunctuation')) === true,
  };
}
