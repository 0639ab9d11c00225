// Days that a database of RDS keeps its automatic backups.
import type { Resource } from '../../../../assembly/graph.ts';
import { type Claims, on } from '../../on.ts';

/** RDS keeps them for a day where nothing is said. */
export const retentionOf = (database: Resource): Claims => on(database).property('BackupRetentionPeriod').otherwise(1);
