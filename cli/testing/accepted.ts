// What `hashira accept` says of templates.
import { z } from 'zod';
import { hashira } from './hashira.ts';

const printed = z.object({
  criteria: z.array(
    z.object({
      id: z.string(),
      verdict: z.string(),
    }),
  ),
});

export const acceptedVerdicts = (path: string, ...words: readonly string[]) => {
  const { stdout, stderr } = hashira(['accept', path, '--json', ...words]);
  if (stdout === '') throw new Error(stderr);
  return printed.parse(JSON.parse(stdout)).criteria;
};
