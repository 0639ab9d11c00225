// A command of a procedure as data: for one of the CDK, what it does and to which stacks.
import { z } from 'zod';
import { formEnvironments } from '../names.ts';
import { environmentPrefix } from '../stack-names.ts';

export const commandSchema = z.strictObject({
  /** As it stands in the document. */
  text: z.string(),
  /** Absent: another command. */
  cdk: z
    .strictObject({
      /** `deploy`, `synth`, `diff`, …. */
      verb: z.string(),
      /** Ids of the stacks that it names. */
      stacks: z.array(z.string()),
    })
    .optional(),
});
export type Command = z.infer<typeof commandSchema>;

export function readCommand(text: string): Command {
  const words = /(?:^|[\s(;&])(?:npx )?cdk +(.+)$/.exec(text)?.[1]?.split(/\s+/);
  if (words === undefined) return { text };
  const [verb = ''] = words;
  return { text, cdk: { verb, stacks: words.filter(isStackId) } };
}

const isStackId = (word: string): boolean =>
  /^\w+Stack$/.test(word) && formEnvironments.some((environment) => word.startsWith(environmentPrefix(environment)));
