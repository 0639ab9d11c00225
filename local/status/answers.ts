// What the status page's server says to whoever asks it for what it does not give: a browser, a command, or another user's program.
import { sayings } from '../../design/messages/said.ts';
import { sentence } from '../../design/messages/sentence.ts';

export const answers = sayings({
  otherAddress: ['this page answers at its own address only', 'このページは自身のアドレスへの要求にだけ応答します'],
  otherMethod: ['expected GET or POST', 'GET か POST で要求してください'],
  noPage: ['no such page', 'このページはありません'],
  noJson: ['expected content-type: application/json', '`content-type: application/json` で送ってください'],
  noDrill: ['no such drill', 'この訓練はありません'],
  keyNeeded: [
    'the key of the address that `hashira up` shows is needed',
    '`hashira up` が表示するアドレスに含まれる鍵が必要です',
  ],
  tokenNeeded: ['the token of the state file is needed', '状態ファイルのトークンが必要です'],
  tooLong: sentence(
    ({ bytes }: { bytes: number }) => `a question has ${bytes} bytes at most`,
    ({ bytes }) => `問い合わせは ${bytes} バイトまでです`,
  ),
});
