// What AWS Backup keeps, by which plan.
import { type Assembly, at, type Resource, type Value } from '../graph.ts';
import type { Placed } from '../properties.ts';
import { listOf, ofType, refersTo } from '../relations.ts';
import { all, any, type Truth } from '../truth.ts';

/** The rules of every backup plan. */
export const backupRules = (graph: Assembly): readonly (Placed & { readonly rule: Value })[] =>
  ofType(graph, 'AWS::Backup::BackupPlan').flatMap((plan) =>
    listOf(at(plan.properties, 'BackupPlan', 'BackupPlanRule')).map((rule, index) => ({
      resource: plan,
      rule,
      path: ['BackupPlan', 'BackupPlanRule', index],
    })),
  );

/** Whether a plan's selection names the cluster, or everything. */
export const selects = (graph: Assembly, plan: Resource, cluster: Resource): Truth =>
  any(
    ofType(graph, 'AWS::Backup::BackupSelection').map(({ properties }) => {
      const resources = listOf(at(properties, 'BackupSelection', 'Resources'));
      return all([
        refersTo(properties.BackupPlanId, plan),
        any(resources.map((one) => one === '*' || refersTo(one, cluster))),
      ]);
    }),
  );
