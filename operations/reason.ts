// Why something did not work, in one line.

/** An error's name and words, and the code by which Node tells errors of the network and of TLS apart. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  const name = error.name === 'Error' ? '' : `${error.name}: `;
  return `${code}${name}${error.message}`;
}
