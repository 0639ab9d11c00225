// The answers that every route may give beside its own.
import { problemMediaType, problemSchema } from '../problems.ts';
import { jsonSchema } from '../schemas.ts';

/** Schemas for the statuses, each a problem. */
export function problems(...statuses: readonly number[]): Record<number, object> {
  const schema = {
    description: 'Problem (RFC 9457)',
    content: { [problemMediaType]: { schema: jsonSchema(problemSchema) } },
  };
  return Object.fromEntries(statuses.map((status) => [status, schema]));
}
