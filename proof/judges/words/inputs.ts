// What the front matter asks for: tags, addresses, budgets, hours.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const said = sayings({
  taggedStacks: sentence(
    ({ key, value }: { key: string; value: string }) => `stacks with the tag ${key}: ${value}`,
    ({ key, value }) => `タグ ${key}: ${value} のあるスタック`,
  ),
  noTag: sentence(
    ({ key }: { key: string }) => `no tag ${key}`,
    ({ key }) => `タグ ${key} なし`,
  ),
});
