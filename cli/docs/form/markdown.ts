// The pieces of Markdown that the reference is made of.

/** A table of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

const cell = (text: string): string => text.replaceAll(/(?<!\\)\|/g, '\\|').replaceAll('\n', ' ');

/** A text as code; one that has backticks of its own in two of them. */
export function code(text: string): string {
  const plain = text.trim();
  return plain.includes('`') ? `\`\` ${plain} \`\`` : `\`${plain}\``;
}

/** Code that is no longer there. */
export const struck = (text: string): string => `~~${code(text)}~~`;
