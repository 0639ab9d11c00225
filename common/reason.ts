// What an error says, as a short text for a sentence.

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** With its name, and the code by which Node tells errors of the network and of TLS apart. AWS names its refusals so. */
export function namedReasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  const name = error.name === 'Error' ? '' : `${error.name}: `;
  return `${code}${name}${error.message}`;
}
