// Every pricer, by the resource type it prices.
import { backupVault, databaseCluster, databaseInstance, restoreTesting } from './aurora.ts';
import { bucket } from './bucket.ts';
import { replicationGroup } from './cache.ts';
import { distribution, edgeFunction, healthCheck, hostedZone, recordSet, ruleGroup, webAcl } from './edge.ts';
import { cluster, fargateService, repository, taskDefinition } from './fargate.ts';
import { lambdaFunction, rotationApplication } from './functions.ts';
import { queue, schedule, stateMachine, subscription, topic } from './messaging.ts';
import {
  alarm,
  compositeAlarm,
  dashboard,
  flowLog,
  logDelivery,
  logGroup,
  scalingPolicy,
  trail,
} from './monitoring.ts';
import { elasticAddress, endpoint, loadBalancer, natGateway } from './network.ts';
import { key, replicaKey, secret } from './secrets.ts';
import type { Pricer } from './site.ts';
import { globalTable, table } from './table.ts';

export const pricers: ReadonlyMap<string, Pricer> = new Map(
  [
    fargateService,
    taskDefinition,
    cluster,
    repository,
    lambdaFunction,
    rotationApplication,
    queue,
    topic,
    subscription,
    schedule,
    stateMachine,
    databaseInstance,
    databaseCluster,
    backupVault,
    restoreTesting,
    replicationGroup,
    table,
    globalTable,
    loadBalancer,
    natGateway,
    elasticAddress,
    endpoint,
    distribution,
    edgeFunction,
    hostedZone,
    recordSet,
    healthCheck,
    bucket,
    logGroup,
    logDelivery,
    flowLog,
    alarm,
    compositeAlarm,
    scalingPolicy,
    dashboard,
    trail,
    secret,
    key,
    replicaKey,
    webAcl,
    ruleGroup,
  ].map((pricer) => [pricer.type, pricer]),
);
