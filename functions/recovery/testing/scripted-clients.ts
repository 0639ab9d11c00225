// AWS's clients with scripted answers, met at their `send`: what was asked, and in which region.
interface Client {
  readonly prototype: object;
}

export interface RecordedCall {
  readonly region: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Answers by operation until the function it gives is called; an operation without one is an error. */
export function scriptClients(
  clients: readonly Client[],
  answers: Readonly<Record<string, (input: RecordedCall['input']) => unknown>>,
): { readonly asked: RecordedCall[]; restore(): void } {
  const asked: RecordedCall[] = [];
  async function send(this: { config: { region(): Promise<string> } }, command: { input: RecordedCall['input'] }) {
    const operation = command.constructor.name.replace(/Command$/, '');
    asked.push({ region: await this.config.region(), operation, input: command.input });
    const answer = answers[operation];
    if (answer === undefined) throw new Error(`nobody expected ${operation}`);
    return answer(command.input) ?? {};
  }
  for (const { prototype } of clients) Object.defineProperty(prototype, 'send', { value: send, configurable: true });
  return {
    asked,
    restore() {
      for (const { prototype } of clients) Reflect.deleteProperty(prototype, 'send');
    },
  };
}
