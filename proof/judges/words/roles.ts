// Roles and what they may do.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const said = sayings({
  role: sentence(
    ({ name }: { name: string }) => `a role ${name}`,
    ({ name }) => `IAM ロール ${name}`,
  ),
});
