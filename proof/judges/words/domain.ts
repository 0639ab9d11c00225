// Names in Route 53, and certificates for them.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const said = sayings({
  listenerWithCertificate: sentence(
    ({ domain }: { domain: string }) => `a listener with a certificate for ${domain}`,
    ({ domain }) => `${domain} の証明書をもつリスナー`,
  ),
  domainOrBelow: sentence(
    ({ domain }: { domain: string }) => `${domain}, or a name below it`,
    ({ domain }) => `${domain} またはその下の名前`,
  ),
  certificateFor: sentence(
    ({ domain }: { domain: string }) => `one for ${domain}`,
    ({ domain }) => `${domain} の証明書`,
  ),
  certificatesByArn: [
    'the certificates are given by their ARNs; which names they hold no template says',
    '証明書は ARN で指定されており、どの名前のものかはテンプレートに現れません',
  ],
  noOwnName: ['no name of its own', '独自の名前がありません'],
  noCertificate: ['no certificate: the document has no domain', '証明書がないこと（設計書にドメインがありません）'],
  noCertificateAnywhere: ['no certificate in any stack', 'どのスタックにも証明書はありません'],
  nothingInAnyZone: ['no stack has a certificate or a record', 'どのスタックにも証明書やレコードがありません'],
  noZone: ['no zone', 'ホストゾーンの指定がありません'],
  listenerThatShows: sentence(
    ({ arn }: { arn: string }) => `a listener that shows ${arn}`,
    ({ arn }) => `証明書 ${arn} を提示するリスナー`,
  ),
  distributionThatShows: sentence(
    ({ arn }: { arn: string }) => `a distribution that shows ${arn}`,
    ({ arn }) => `証明書 ${arn} を提示するディストリビューション`,
  ),
  recordTo: sentence(
    ({ targets }: { targets: readonly string[] }) => `a record that leads to ${targets.join(' or ')}`,
    ({ targets }) => `${targets.join(' または ')} を指すレコード`,
  ),
  noRecordOf: sentence(
    ({ name }: { name: string }) => `no record of ${name}`,
    ({ name }) => `${name} のレコードがありません`,
  ),
});
