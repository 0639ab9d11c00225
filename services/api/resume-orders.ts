// The one-off task after a failover: sends the orders again that were accepted and not fulfilled. It may run at any time, and twice.
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { clientOptions } from '../clients/aws.ts';
import { connectDatabase } from '../clients/connect-database.ts';
import { checkLogin, databaseVariables, orExit, readEnvironment } from '../clients/environment.ts';
import { resumeOrders } from '../orders/resume-orders.ts';

const variables = orExit(() => readEnvironment(z.object(databaseVariables), process.env, checkLogin));
const database = await connectDatabase(variables, new SecretsManagerClient(clientOptions), 1);
try {
  const orders = await resumeOrders(database);
  console.log(JSON.stringify({ level: 30, msg: 'orders noted again', orders }));
} finally {
  await database.close();
}
