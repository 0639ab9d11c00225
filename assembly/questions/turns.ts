// What can be stopped, and what has to be done to stop it and to start it again. Caches, NAT gateways and load balancers cannot be stopped
// at all.
import type { Assembly, Resource } from '../graph.ts';
import { ofType } from '../relations.ts';
import { all, any, type Truth } from '../truth.ts';
import { databasesIn } from './compute.ts';
import { targetOfService } from './scaling.ts';
import type { ClockCall } from './schedules.ts';

export type Turn = 'stop' | 'start';

/** How many tasks a service that is started is to have. */
export interface Tasks {
  readonly minimum: number;
  readonly maximum: number;
}

type Turning =
  | `${Turn}${'DBCluster' | 'DBInstance' | 'Instances'}`
  | 'noTaskAllowed'
  | 'tasksAllowed'
  | 'noTask'
  | 'tasks';

/** One of the things that have to be done, and whether a call does it. */
export interface Step {
  readonly turning: Turning;
  readonly does: (call: ClockCall) => Truth;
}

/** Services, databases and machines. */
export const stoppable = (graph: Assembly): readonly Resource[] => [
  ...ofType(graph, 'AWS::ECS::Service'),
  ...databasesIn(graph),
  ...ofType(graph, 'AWS::EC2::Instance'),
];

const calls: Readonly<Record<string, readonly [service: string, noun: 'DBCluster' | 'DBInstance' | 'Instances']>> = {
  'AWS::RDS::DBCluster': ['rds', 'DBCluster'],
  'AWS::RDS::DBInstance': ['rds', 'DBInstance'],
  'AWS::EC2::Instance': ['ec2', 'Instances'],
};

/** All that has to be done to a thing. @param tasks of a service that is started; any number will do where none is said */
export function stepsOf(graph: Assembly, thing: Resource, turn: Turn, tasks?: Tasks): readonly Step[] {
  const call = calls[thing.type];
  if (call === undefined) return serviceSteps(targetOfService(graph, thing) !== undefined, turn, tasks);
  const turning = `${turn}${call[1]}` as const;
  return [{ turning, does: ({ operation }) => operation === `${call[0]}:${turning}`.toLowerCase() }];
}

/** A scaled service needs both: its bounds, or scaling would bring tasks back, and its number of tasks. A scheduled action does both. */
function serviceSteps(isScaled: boolean, turn: Turn, tasks: Tasks | undefined): readonly Step[] {
  const isRight = (value: unknown, wanted: number | undefined): Truth => {
    const count = Number(value);
    if (value === undefined) return false;
    if (Number.isNaN(count)) return undefined;
    return turn === 'stop' ? count === 0 : wanted === undefined ? count > 0 : count === wanted;
  };
  const bounds: Step = {
    turning: turn === 'stop' ? 'noTaskAllowed' : 'tasksAllowed',
    does: ({ operation, told }) =>
      all([
        operation === 'scaling' || operation === 'applicationautoscaling:registerscalabletarget',
        isRight(told.MinCapacity ?? (turn === 'stop' ? told.MaxCapacity : undefined), tasks?.minimum),
        isRight(told.MaxCapacity ?? told.MinCapacity, tasks?.maximum),
      ]),
  };
  const count: Step = {
    turning: turn === 'stop' ? 'noTask' : 'tasks',
    does: (call) =>
      any([
        call.operation === 'scaling' && bounds.does(call),
        call.operation === 'ecs:updateservice' && isRight(call.told.DesiredCount, tasks?.minimum),
      ]),
  };
  return isScaled ? [bounds, count] : [count];
}
