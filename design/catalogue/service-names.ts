// What a document calls the services that it watches: at the front of a widget's title, and before 監視 in the list of alarms.
import type { AlarmService } from '../schema.ts';

/** Longer names first, so that a title's first words are matched whole. */
export const serviceNames: readonly (readonly [name: string, service: AlarmService])[] = [
  ['ECS Fargate', 'ecs'],
  ['RDS Aurora', 'rds'],
  ['ElastiCache Redis', 'cache'],
  ['ElastiCache Valkey', 'cache'],
  ['ALB', 'alb'],
  ['ECS', 'ecs'],
  ['Lambda', 'lambda'],
  ['RDS', 'rds'],
  ['Aurora', 'rds'],
  ['ElastiCache', 'cache'],
  ['Redis', 'cache'],
  ['Valkey', 'cache'],
];
