// What can be wrong between the parts of a document that are read apart from each other.
import { sentence } from './sentence.ts';

export const checksMessages = {
  'part-incomplete': sentence(
    (p: { part: string; there: string; missing: readonly string[] }) =>
      `${p.part} is in "${p.there}" and not in ${p.missing.map((place) => `"${place}"`).join(', ')}; expected it in every place or in none; add what is missing, or leave ${p.part} out altogether`,
    (p) =>
      `${p.part} が「${p.there}」にはありますが、${p.missing.map((place) => `「${place}」`).join('')}にはありません。不足分を追加するか、${p.part} をすべて外してください`,
  ),
  'permission-homeless': sentence(
    (p: { role: string; service: string; actions: readonly string[]; known: readonly string[] }) =>
      `${p.role} may ${p.actions.join(', ')} of ${p.service}, and no stack has anything of ${p.service} for it; expected ${p.known.join(', ') || 'no permission of its own'}; take the line out`,
    (p) =>
      `${p.role} に ${p.service} の ${p.actions.join('、')} がありますが、対象となる ${p.service} のリソースを持つスタックがありません。使えるのは ${p.known.join('、') || '管理ポリシーだけ'} です。この行を外してください`,
  ),
} as const;
