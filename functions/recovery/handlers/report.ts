// The step `report` as a Lambda function.

import { bucketArchive } from '../aws/archive.ts';
import { base } from '../aws/base.ts';
import { mailedNews } from '../aws/news.ts';
import { resolvedTraffic } from '../aws/traffic.ts';
import type { StepEvent } from '../step.ts';
import { report } from '../steps/report.ts';

const always = base();
const ports = {
  ...always,
  archive: bucketArchive(always.variables),
  news: mailedNews(always.variables),
  traffic: resolvedTraffic(always.variables),
};

export const handler = (event: StepEvent) => report(event, ports);
