// The five drills by name; the list is only a list.
import { cacheDrill } from './cache.ts';
import { databaseDrill } from './database.ts';
import type { Drill } from './drill.ts';
import type { DrillName } from './drill-names.ts';
import { poisonDrill } from './poison.ts';
import { surgeDrill } from './surge.ts';
import { taskDrill } from './task.ts';

export const drills: Readonly<Record<DrillName, Drill>> = {
  task: taskDrill,
  database: databaseDrill,
  cache: cacheDrill,
  poison: poisonDrill,
  surge: surgeDrill,
};
