// Why no prices are taken from a price list, each with the place and what was found there.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';
import type { Refusal } from '../../../design/refusal.ts';

export const refusals = sayings({
  ofAddress: sentence(
    ({ url, reason }: { url: string; reason: Refusal['said'] }) => `${url}: ${reason.en}`,
    ({ url, reason }) => `${url}: ${reason.ja}`,
  ),
  noAnswer: sentence(
    ({ seconds }: { seconds: number }) => `no answer within ${seconds} s`,
    ({ seconds }) => `${seconds} 秒以内に応答がありません`,
  ),
  ledElsewhere: sentence(
    ({ status, place }: { status: number; place: string }) =>
      `status ${status}: leads to ${place}, which is not followed`,
    ({ status, place }) => `ステータス ${status}: ${place} への転送には従いません`,
  ),
  status: sentence(
    ({ status }: { status: number }) => `status ${status}`,
    ({ status }) => `ステータス ${status}`,
  ),
  tooLarge: sentence(
    ({ bytes }: { bytes: number }) => `larger than ${bytes} bytes`,
    ({ bytes }) => `${bytes} バイトを超えています`,
  ),
  silent: sentence(
    ({ seconds }: { seconds: number }) => `nothing came for ${seconds} s`,
    ({ seconds }) => `${seconds} 秒間データが届きません`,
  ),
  tooSlow: sentence(
    ({ seconds }: { seconds: number }) => `not whole after ${seconds} s`,
    ({ seconds }) => `${seconds} 秒後も全体が届きません`,
  ),
  noColumns: [
    'not a price list file: no row of column names that begins with SKU',
    '料金表のファイルではありません（SKU で始まる列名の行がない）',
  ],
  noNumber: sentence(
    ({ sku, column, found }: { sku: string; column: string; found: string }) =>
      `SKU ${sku}: ${column} is ${found}, expected digits with a decimal point`,
    ({ sku, column, found }) => `SKU ${sku}: ${column} が ${found} です（想定: 小数点のある数字）`,
  ),
});
