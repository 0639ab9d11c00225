// What can be wrong between the parts of a document that are read apart from each other.
import { sentence } from './sentence.ts';

export const checksMessages = {
  'part-incomplete': sentence(
    (p: { part: string; there: string; missing: readonly string[] }) =>
      `${p.part} is in "${p.there}" and not in ${p.missing.map((place) => `"${place}"`).join(', ')}; expected it in every place or in none; add what is missing, or leave ${p.part} out altogether`,
    (p) =>
      `${p.part} が「${p.there}」にはありますが、${p.missing.map((place) => `「${place}」`).join('')}にはありません。不足分を追加するか、${p.part} をすべて外してください`,
  ),
  'site-nameless': sentence(
    (p: { found: string }) =>
      `${p.found} is for a name, and \`domain: none\` says that there is none; expected a domain beside it; name the domain, or take this out`,
    (p) =>
      `${p.found} はドメイン名のためのものですが、\`domain: none\` とあります。ドメインを指定するか、この項目を外してください`,
  ),
  'domain-long': sentence(
    (p: { domain: string; longest: number }) =>
      `${p.domain} has ${p.domain.length} characters; expected at most ${p.longest}, since certificates for names made of it hold 64; choose a shorter one`,
    (p) =>
      `${p.domain} は${p.domain.length}文字です。これを元にした名前の証明書は64文字までなので、${p.longest}文字以内のドメインにしてください`,
  ),
  'certificate-elsewhere': sentence(
    (p: { found: string; region: string }) =>
      `the load balancer's certificate lies in ${p.found}; expected ${p.region}, where the load balancer is; issue one there`,
    (p) => `ALBの証明書が ${p.found} にあります。ALBと同じ ${p.region} で発行した証明書を指定してください`,
  ),
  'permission-homeless': sentence(
    (p: { role: string; service: string; actions: readonly string[]; known: readonly string[] }) =>
      `${p.role} may ${p.actions.join(', ')} of ${p.service}, and no stack has anything of ${p.service} for it; expected ${p.known.join(', ') || 'no permission of its own'}; take the line out`,
    (p) =>
      `${p.role} に ${p.service} の ${p.actions.join('、')} がありますが、対象となる ${p.service} のリソースを持つスタックがありません。使えるのは ${p.known.join('、') || '管理ポリシーだけ'} です。この行を外してください`,
  ),
} as const;
