// What the tasks run: the placeholder server on the port that the platform gives, until it is told to stop.
import { placeholderServer } from './placeholder.ts';

const port = Number(process.env.PORT);
if (!Number.isInteger(port) || port < 1) {
  throw new Error(`PORT is "${process.env.PORT ?? ''}"; expected the port to listen on; set it in the task definition`);
}

const server = placeholderServer().listen(port, () => log('listening', { port }));

// ECS sends SIGTERM after it took the task out of the load balancer: finish what is open, then go.
process.once('SIGTERM', () => {
  log('stopping', {});
  server.close(() => log('stopped', {}));
  server.closeIdleConnections();
});

function log(message: string, fields: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify({ level: 'info', message, ...fields }));
}
