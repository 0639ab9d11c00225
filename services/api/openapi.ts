// The OpenAPI document: made from the routes' own schemas, so that it cannot say what they do not. `POST /imports` is answered by a
// function behind the same load balancer and described here by hand.
import type { SwaggerOptions } from '@fastify/swagger';
import { problemMediaType, problemSchema } from './problems.ts';
import { jsonSchema } from './schemas.ts';

const problem = {
  description: 'Problem (RFC 9457)',
  content: { [problemMediaType]: { schema: jsonSchema(problemSchema) } },
};

const imports = {
  post: {
    summary: 'Place an order for each line of a CSV file',
    description:
      'The columns are sku, quantity and unit_price. The same key reads the file of the first request again. A customer has one file on its way at a time.',
    parameters: [
      {
        name: 'idempotency-key',
        in: 'header',
        required: true,
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      },
    ],
    requestBody: { required: true, content: { 'text/csv': { schema: { type: 'string' } } } },
    responses: {
      202: {
        description: 'The lines are on their way',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: { importId: { type: 'string' }, rows: { type: 'integer' } },
              required: ['importId', 'rows'],
            },
          },
        },
      },
      ...Object.fromEntries([400, 401, 413, 415, 422, 429, 503].map((status) => [status, problem])),
    },
  },
} as const;

export const openApi: SwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Orders', version: '1', description: 'Places orders, and tells what became of them.' },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    security: [{ bearer: [] }],
  },
  transformObject: (document) => {
    if (!('openapiObject' in document)) return document.swaggerObject;
    const { openapiObject } = document;
    Object.assign(openapiObject.paths ?? {}, { '/imports': imports });
    return openapiObject;
  },
};
