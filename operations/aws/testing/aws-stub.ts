// A server that answers the real AWS clients over HTTP with what a test tells it, in the form of the protocol that it is asked in. It
// knows no service: whether an answer is what AWS would say is the test's affair.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AwsClients, awsClients } from '../clients.ts';

export interface Question {
  /** As the request is signed for, e.g. `cloudformation`. */
  readonly service: string;
  readonly region: string;
  /** `DescribeStacks`; of services that have paths for it, `GET /resources/…`. */
  readonly operation: string;
  /** Members of the request, by name. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** An answer as it goes over the wire: lists in XML are in the element that the service puts them in (`member`, `item`, `DBCluster`). */
type Answer = object | Refusal;
type Answering = Answer | ((question: Question) => Answer);
/** By `<service>.<operation>`; an operation with a path may be its beginning. */
export type Answers = Readonly<Record<string, Answering>>;

class Refusal {
  readonly code: string;
  readonly message: string;
  constructor(code: string, message: string) {
    this.code = code;
    this.message = message;
  }
}
/** An answer that is AWS's no. */
export const refusal = (code: string, message = code): Refusal => new Refusal(code, message);

export interface AwsStub {
  readonly url: string;
  readonly clients: AwsClients;
  readonly asked: readonly Question[];
  stop(): Promise<void>;
}

export async function startAwsStub(answers: Answers): Promise<AwsStub> {
  const asked: Question[] = [];
  const server = createServer((request, response) => {
    answer(request, response, answers, asked).catch((error: unknown) => response.destroy(new Error(String(error))));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const clients = awsClients({
    endpoint: url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return {
    url,
    clients,
    asked,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  answers: Answers,
  asked: Question[],
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const question = questionOf(request, Buffer.concat(chunks).toString());
  asked.push(question);
  const name = `${question.service}.${question.operation}`;
  const found =
    answers[name] ?? Object.entries(answers).find(([key]) => key.includes(' ') && name.startsWith(key))?.[1];
  const said =
    found === undefined
      ? refusal('AccessDenied', `nobody told the stub of ${name}`)
      : typeof found === 'function'
        ? found(question)
        : found;
  const inXml = formOf(request) !== 'json';
  response.writeHead(said instanceof Refusal ? 400 : 200, {
    'content-type': inXml ? 'text/xml' : 'application/json',
    ...(said instanceof Refusal && !inXml ? { 'x-amzn-errortype': said.code } : {}),
  });
  response.end(inXml ? inElements(request, question, said) : JSON.stringify(said));
}

type Form = 'json' | 'query' | 'xml';
function formOf(request: IncomingMessage): Form {
  const type = request.headers['content-type'] ?? '';
  if (type.includes('urlencoded')) return 'query';
  return serviceOf(request).service === 'route53' ? 'xml' : 'json';
}

function serviceOf({ headers }: IncomingMessage): Pick<Question, 'service' | 'region'> {
  const [, region = '', service = ''] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  return { service, region };
}

function questionOf(request: IncomingMessage, body: string): Question {
  const place = serviceOf(request);
  const target = request.headers['x-amz-target'];
  if (formOf(request) === 'query') {
    const input = Object.fromEntries(new URLSearchParams(body));
    return { ...place, operation: input.Action ?? '', input };
  }
  const input = body.startsWith('{') ? JSON.parse(body) : {};
  if (typeof target === 'string') return { ...place, operation: target.split('.').at(-1) ?? '', input };
  return { ...place, operation: `${request.method} ${decodeURIComponent(request.url ?? '')}`, input };
}

function inElements(request: IncomingMessage, { service, operation }: Question, said: Answer): string {
  if (said instanceof Refusal) {
    const error = { Error: { Code: said.code, Message: said.message } };
    return service === 'ec2' ? element('Response', { Errors: error }) : element('ErrorResponse', error);
  }
  const inside = elements(said);
  if (formOf(request) === 'xml') return inside;
  const result = service === 'ec2' ? inside : `<${operation}Result>${inside}</${operation}Result>`;
  return `<${operation}Response>${result}</${operation}Response>`;
}

const elements = (value: object): string =>
  Object.entries(value)
    .map(([name, inner]) =>
      Array.isArray(inner) ? inner.map((each) => element(name, each)).join('') : element(name, inner),
    )
    .join('');

const element = (name: string, value: unknown): string =>
  `<${name}>${typeof value === 'object' && value !== null ? elements(value) : escaped(String(value))}</${name}>`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
