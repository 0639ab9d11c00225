// Where the page begins: fetches its texts, and shows each view that the platform sends.
import { render } from 'preact';
import type { PageTexts } from '../texts.ts';
import { App } from './app.tsx';

const texts: PageTexts = await (await fetch('texts.json')).json();
const element = document.getElementById('page');
if (element !== null) render(<App {...texts} />, element);
