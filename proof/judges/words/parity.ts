// How the region that takes over compares with the one that serves.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

interface Counted {
  readonly count: number;
}
interface InRegion {
  readonly region: string;
}

export const said = sayings({
  inBothRegions: ['in both regions', '両方のリージョンにあること'],
  noneThere: sentence(
    ({ region }: InRegion) => `none in ${region}`,
    ({ region }) => `${region} にはありません`,
  ),
  noneOfItsKind: sentence(
    ({ region }: InRegion) => `none of its kind in ${region}`,
    ({ region }) => `${region} に同種のものがありません`,
  ),
  sameThere: ['the same', '同じです'],
  typeAsAtHome: sentence(
    ({ count, type }: Counted & { type: string }) => `${count} × ${type} as at home`,
    ({ count, type }) => `${type} ${count} 個が主系と同じであること`,
  ),
  countedThere: sentence(
    ({ count, region }: Counted & InRegion) => `${count} in ${region}`,
    ({ count, region }) => `${region} に ${count} 個`,
  ),
  countedAtHome: sentence(
    ({ count }: Counted) => `${count}, as at home`,
    ({ count }) => `主系と同じ ${count} 個`,
  ),
  containersAsAtHome: ['image, command and variables as at home', 'イメージ、コマンド、環境変数が主系と同じであること'],
});
