// Where the page begins: takes the data that a build put into it, and draws.
import { render } from 'preact';
import type { ReportData } from '../report-data.ts';
import { App } from './app.tsx';

const data: ReportData = JSON.parse(document.getElementById('data')?.textContent ?? '{}');
const element = document.getElementById('page');
if (element !== null) render(<App data={data} />, element);
