// What the judge of transport says (AC-SEC-3).
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const said = sayings({
  anyButFtp: ['any protocol but FTP', 'FTP 以外のプロトコル'],
  notPlainAddress: ['no address in plain', '平文でない接続先'],
  tlsOfDocuments: ['tls1.2+, tls1.3+ or fips-140-3', 'tls1.2+、tls1.3+ または fips-140-3'],
  noDomainForTls: [
    "the document has no domain: CloudFront's own certificate takes TLS 1.0, and a load balancer without a certificate serves in plain",
    '設計書にドメインがありません。CloudFront の既定の証明書は TLS 1.0 を受け付け、証明書のないロードバランサーは平文で応答します',
  ],
  noConnections: ['nothing here takes connections', '接続を受け付けるものがありません'],
  tlsOrNewer: sentence(
    ({ wanted }: { wanted: number }) => `TLS ${wanted} or newer`,
    ({ wanted }) => `TLS ${wanted} 以上`,
  ),
  tlsVersion: sentence(
    ({ least }: { least: number }) => `TLS ${least}`,
    ({ least }) => `TLS ${least} から`,
  ),

  httpsViewers: ['https-only or redirect-to-https', 'https-only または redirect-to-https'],
  certificateOfCloudFront: [
    "CloudFront's own certificate, with which it takes TLS 1.0",
    'CloudFront の既定の証明書（TLS 1.0 を受け付けます）',
  ],
  noLeastVersion: ['no least version said', '最低バージョンの指定がありません'],
  everyVersion: ['nothing said: every version', '指定なし（全バージョン）'],
  viewersOverHttps: ['match-viewer, and viewers come over HTTPS', 'match-viewer（閲覧者は HTTPS で接続します）'],

  httpsOrTls: ['HTTPS or TLS', 'HTTPS または TLS'],
  oldestPolicy: [
    "no policy said: Elastic Load Balancing's oldest",
    'ポリシーの指定なし（Elastic Load Balancing の最も古いもの）',
  ],
  notLookedInto: sentence(
    ({ protocol }: { protocol: string | undefined }) =>
      `${protocol ?? 'no protocol said'}: what passes is not looked at`,
    ({ protocol }) => `${protocol ?? 'プロトコルの指定なし'}（通信の中身は検査していません）`,
  ),
  onlyToHttps: ['over plain HTTP nothing but the way to HTTPS', '平文の HTTP では HTTPS への転送だけ'],
  lambdaTarget: ['lambda: called by AWS over TLS', 'lambda（AWS が TLS で呼び出します）'],

  plainFileSystem: ['not said: plain', '指定なし（平文）'],
  encryptableEngine: ['an engine that can be made to refuse plain connections', '平文の接続を拒否させられるエンジン'],
  noParameterGroup: [
    'no parameter group: plain connections are let in',
    'パラメータグループの指定なし（平文の接続を受け付けます）',
  ],
  usualParameterGroup: [
    "no parameter group said: RDS's own refuses plain connections",
    'パラメータグループの指定なし（RDS 既定のものは平文の接続を拒否します）',
  ],
  parameterGroupWith: sentence(
    ({ parameter }: { parameter: string }) => `a parameter group with ${parameter}`,
    ({ parameter }) => `${parameter} を設定したパラメータグループ`,
  ),

  plainIsRefused: [
    'a policy that refuses everybody whatever is not encrypted',
    '暗号化されていない通信をすべて拒否するポリシー',
  ],
  refusedNobody: ['plain transport is refused nobody', '平文の通信が拒否されていません'],
  refusedInPart: ['refused for a part of it only', '一部についてだけ拒否されています'],
  refusedPerhaps: [
    'the templates do not say whether plain transport is refused',
    '平文の通信が拒否されるかどうか確定できません',
  ],
  secureTransport: ['aws:SecureTransport false is refused', 'aws:SecureTransport が false のとき拒否されます'],
  olderRefused: ['older versions are refused', '古いバージョンは拒否されます'],
  leastOfInterface: sentence(
    ({ least }: { least: number }) => `TLS ${least}, the least of AWS's interface`,
    ({ least }) => `TLS ${least}（AWS の API の最低バージョン）`,
  ),
  placeOfTemplates: [
    'a place of the templates, which is judged itself',
    'テンプレートにあり、それ自体が判定される送り先',
  ],
  bucketOfTemplates: [
    'a bucket of the templates, which is judged itself',
    'テンプレートにあり、それ自体が判定されるバケット',
  ],
  sentTo: sentence(
    ({ resource }: { resource: string }) => `to ${resource}`,
    ({ resource }) => `送り先は ${resource}`,
  ),
  anyButHttp: ['any protocol but http', 'http 以外のプロトコル'],
  checkOverHttps: ['a check over HTTPS', 'HTTPS によるヘルスチェック'],

  onlyTls12: ['TLS_1_2, the only one there is', 'TLS_1_2（ほかに選べません）'],
});
