// Templates in which a value that a references stack repeats is written as that stack has it: what tests of the readers look at.
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** A stack's template by its name, or any part of one. */
export type Templates = ReadonlyMap<string, unknown>;

/** A copy of a template. @throws Error where a references stack does not have what is read of it */
export function followed<Part>(template: Part, among: Templates): Part {
  return JSON.parse(JSON.stringify(template), (_, value: unknown) => {
    const read: unknown = Reflect.get(Object(value), 'Fn::GetStackOutput');
    if (read === undefined) return value;
    const [stack, output] = ['StackName', 'OutputName'].map((key) => String(Reflect.get(Object(read), key)));
    if (stack === undefined || output === undefined || !stack.endsWith('ReferencesStack')) return value;
    const outputs: unknown = Reflect.get(Object(among.get(stack)), 'Outputs');
    const found: unknown = Reflect.get(Object(Reflect.get(Object(outputs), output)), 'Value');
    if (found === undefined) throw new Error(`${stack} has no output ${output}`);
    return found;
  });
}

/** The template of one of an app's stacks, followed. */
export function templateOf(stack: Stack): Template {
  const { root } = stack.node;
  if (!App.isApp(root)) throw new Error(`${stack.stackName} stands in an app`);
  const templates = new Map(root.synth().stacks.map(({ stackName, template }) => [stackName, template]));
  return Template.fromJSON(followed(templates.get(stack.stackName), templates));
}
