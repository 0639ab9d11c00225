// Why a value of a template is not known here, and why a schedule does not do what it says.
import { sayings } from '../design/messages/said.ts';
import { sentence } from '../design/messages/sentence.ts';

interface Named {
  readonly name: string;
}

export const said = sayings({
  tooDeep: ['too many functions within one another', '関数の入れ子が深すぎます'],
  functionBesideKeys: sentence(
    ({ name }: Named) => `${name} beside other keys`,
    ({ name }) => `${name} が他のキーと並んでいます`,
  ),
  conditionUnknown: sentence(
    ({ name }: Named) => `condition ${name} is not known`,
    ({ name }) => `条件 ${name} の真偽が分かりません`,
  ),
  noOutput: sentence(
    ({ stack, name }: Named & { readonly stack: string }) => `stack ${stack} has no output ${name}`,
    ({ stack, name }) => `スタック ${stack} に出力 ${name} がありません`,
  ),
  outputLeftOut: sentence(
    ({ name }: Named) => `output ${name} is AWS::NoValue`,
    ({ name }) => `出力 ${name} は AWS::NoValue です`,
  ),
  noParameter: sentence(
    ({ name }: Named) => `no parameter ${name}`,
    ({ name }) => `パラメータ ${name} がありません`,
  ),
  parameterFromSsm: sentence(
    ({ name }: Named) => `parameter ${name} is read from SSM`,
    ({ name }) => `パラメータ ${name} は SSM から読まれます`,
  ),
  parameterHidden: sentence(
    ({ name }: Named) => `parameter ${name} is hidden (NoEcho)`,
    ({ name }) => `パラメータ ${name} は表示されません (NoEcho)`,
  ),
  parameterWithoutDefault: sentence(
    ({ name }: Named) => `parameter ${name} has no default`,
    ({ name }) => `パラメータ ${name} に既定値がありません`,
  ),
  parameterDefaultNoText: sentence(
    ({ name }: Named) => `parameter ${name} has a default that is no text`,
    ({ name }) => `パラメータ ${name} の既定値が文字列ではありません`,
  ),
  refWithoutName: ['Ref without a name', 'Ref に名前がありません'],
  regionUnknown: sentence(
    ({ stack }: { readonly stack: string }) => `the region of stack ${stack} is not known`,
    ({ stack }) => `スタック ${stack} のリージョンが分かりません`,
  ),
  accountNumber: ['the account number is known only to AWS', 'アカウント番号は AWS だけが知っています'],
  knownToAws: sentence(
    ({ name }: Named) => `${name} is known only to AWS`,
    ({ name }) => `${name} は AWS だけが知っています`,
  ),
  noResource: sentence(
    ({ template, name }: Named & { readonly template: string }) => `template ${template} has no ${name}`,
    ({ template, name }) => `テンプレート ${template} に ${name} がありません`,
  ),
  leftOut: sentence(
    ({ name, condition }: Named & { readonly condition: string }) => `${name} is left out by condition ${condition}`,
    ({ name, condition }) => `${name} は条件 ${condition} により作られません`,
  ),
  circle: sentence(
    ({ what, stack }: { readonly what: string; readonly stack: string }) => `${what} of ${stack} refers to itself`,
    ({ what, stack }) => `${stack} の ${what} が自分自身を参照しています`,
  ),
  tooLarge: sentence(
    ({ what, stack }: { readonly what: string; readonly stack: string }) =>
      `${what} of ${stack} is larger than is looked at`,
    ({ what, stack }) => `${stack} の ${what} が読み取りの上限を超えています`,
  ),
  base64Unknown: ['Base64 of an unknown text', '元の文字列が分からない Base64 です'],
  notCarriedOut: sentence(
    ({ name }: Named) => `${name} is not carried out here`,
    ({ name }) => `${name} はここでは評価しません`,
  ),
  getAttWithoutResource: ['Fn::GetAtt without a resource', 'Fn::GetAtt にリソースがありません'],
  getAttUnknown: ['Fn::GetAtt of an unknown attribute', 'Fn::GetAtt の属性が分かりません'],
  stackOutputWithoutNames: ['Fn::GetStackOutput without its names', 'Fn::GetStackOutput に名前がありません'],
  stackOutputUnknown: ['Fn::GetStackOutput with an unknown name', 'Fn::GetStackOutput の名前が分かりません'],
  noStack: sentence(
    ({ name, region }: Named & { readonly region: string }) => `no stack ${name} in ${region} here`,
    ({ name, region }) => `${region} のスタック ${name} がここにありません`,
  ),
  importUnknown: ['Fn::ImportValue of an unknown name', 'Fn::ImportValue の名前が分かりません'],
  notExported: sentence(
    ({ name }: Named) => `nothing exports ${name} here`,
    ({ name }) => `${name} をエクスポートするスタックがここにありません`,
  ),
  subWithoutText: ['Fn::Sub without a text', 'Fn::Sub に文字列がありません'],
  ifWithoutCondition: ['Fn::If without a condition', 'Fn::If に条件がありません'],
  mapKeyUnknown: ['Fn::FindInMap with an unknown key', 'Fn::FindInMap のキーが分かりません'],
  notInMap: sentence(
    ({ name, keys }: Named & { readonly keys: string }) => `mapping ${name} has no ${keys}`,
    ({ name, keys }) => `マッピング ${name} に ${keys} がありません`,
  ),
  textTooLong: ['a text longer than is looked at', '読み取りの上限を超える長さの文字列です'],
  listTooLong: ['a list longer than is looked at', '読み取りの上限を超える長さの一覧です'],
  joinUnknown: ['Fn::Join of an unknown list', 'Fn::Join の一覧が分かりません'],
  selectUnknown: ['Fn::Select from an unknown list', 'Fn::Select の一覧が分かりません'],
  selectOutside: sentence(
    ({ place, count }: { readonly place: number; readonly count: number }) => `Fn::Select of item ${place} of ${count}`,
    ({ place, count }) => `Fn::Select の番号 ${place} が範囲外です（要素 ${count} 個）`,
  ),
  splitUnknown: ['Fn::Split of an unknown text', 'Fn::Split の文字列が分かりません'],
  memberOf: sentence(
    ({ value }: { readonly value: string }) => `a member of ${value}`,
    ({ value }) => `${value} の内側の値です`,
  ),
  switchedOff: ['it is switched off', '無効になっています'],
  endsOneDay: ['it ends one day', '終了日があります'],
  comesLate: sentence(
    ({ minutes }: { readonly minutes: number }) => `it may come ${minutes} minutes late`,
    ({ minutes }) => `最大 ${minutes} 分遅れることがあります`,
  ),
  roleMayNot: sentence(
    ({ action }: { readonly action: string }) => `its role may not ${action}`,
    ({ action }) => `ロールに ${action} の権限がありません`,
  ),
});
