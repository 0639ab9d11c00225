// The step `stop` as a Lambda function.
import { base } from '../aws/base.ts';
import { mailedNews } from '../aws/news.ts';
import { type StopEvent, stop } from '../steps/stop.ts';

const always = base();
const ports = { ...always, news: mailedNews(always.variables) };

export const handler = (event: StopEvent) => stop(event, ports);
