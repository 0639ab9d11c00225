// Resources that stand for others which the templates do not hold: modules, nested templates, and what a transform makes of a type of its own.
import { type Assembly, at, type Resource, textOf } from '../graph.ts';
import { isMacro } from '../macros.ts';

export interface UnknownContents {
  readonly resource: Resource;
  /** What it may hold: anything, or what the Serverless Application Model knows, which is functions, their roles and what calls them. */
  readonly kind: 'anything' | 'serverless';
}

/** The account that AWS publishes the rotation of database passwords from: what its application holds is AWS's to answer for. */
const rotationPublisher = ':297356227824:applications/SecretsManager';

export const unknownContents = (graph: Assembly): readonly UnknownContents[] =>
  graph.resources.flatMap((resource): readonly UnknownContents[] => {
    const { type, properties, isOpened } = resource;
    if (type === 'AWS::CloudFormation::Stack') return isOpened ? [] : [{ resource, kind: 'anything' }];
    if (type.endsWith('::MODULE') || isMacro(type)) return [{ resource, kind: 'anything' }];
    if (type !== 'AWS::Serverless::Application')
      return type.startsWith('AWS::Serverless::') ? [{ resource, kind: 'serverless' }] : [];
    const isRotation = textOf(at(properties, 'Location', 'ApplicationId')).includes(rotationPublisher);
    return isRotation ? [] : [{ resource, kind: 'anything' }];
  });
