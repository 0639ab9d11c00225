// Turns the schemas that the code reads by into JSON Schema: for the validator, the serializer and the OpenAPI document.
import * as z from 'zod';

/** JSON Schema of a zod schema, without the dialect's name, which the validator and OpenAPI each know for themselves. */
export function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7' });
  return rest;
}
