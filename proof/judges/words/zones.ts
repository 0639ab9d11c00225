// How things are spread over availability zones.
import { sayings } from '../../../design/messages/said.ts';
import { sentence } from '../../../design/messages/sentence.ts';

export const said = sayings({
  instancesPlaced: sentence(
    ({ count, zones }: { count: number; zones: readonly string[] }) =>
      `${count} instances, ${zones.length > 0 ? `in ${zones.join(' and ')}` : 'placed by Aurora'}`,
    ({ count, zones }) => `${count} インスタンス（${zones.length > 0 ? zones.join('、') : '配置は Aurora が決定'}）`,
  ),
  instancesInSeveralZones: ['instances in more than one zone', '複数の AZ にインスタンスがあること'],
  nodesInSeveralZones: ['nodes in more than one zone', '複数の AZ にノードがあること'],
  subnetsInSeveralZones: ['subnets in more than one zone', '複数の AZ にサブネットがあること'],
  subnetsInZones: sentence(
    ({ count }: { count: number }) => `subnets in at least ${count} zones`,
    ({ count }) => `${count} 以上の AZ にサブネットがあること`,
  ),
  leastTasks: sentence(
    ({ count }: { count: number }) => `at least ${count} tasks`,
    ({ count }) => `${count} タスク以上`,
  ),
  oneZoneIsEnough: [
    'one zone is enough here; how many there are of each machine is for the lines of its size',
    'ここでは 1 つの AZ で足ります。台数はサイズの行で判定します',
  ],
});
