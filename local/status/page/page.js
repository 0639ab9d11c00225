// Shows each view that the platform sends, in the language of the reader. Everything is written as text, never as markup.
import { drawDiagram } from './diagram.js';

/** Lets whoever has the whole address start drills; a browser sends it to nobody by itself. */
const key = location.hash.slice(1);
const { texts, language: usual } = await (await fetch('texts.json')).json();
let language = localStorage.getItem('language') ?? usual;
let view;

const find = (id) => document.getElementById(id);
const say = (name, figures = {}) => texts[language][name].replaceAll(/\{(\w+)\}/g, (_, key) => String(figures[key]));
const number = (value, digits = 0) => value.toLocaleString(language, { maximumFractionDigits: digits });

find('language').addEventListener('click', () => {
  language = language === 'ja' ? 'en' : 'ja';
  localStorage.setItem('language', language);
  speak();
});
window.addEventListener('resize', () => show());
speak();
listen();

function listen() {
  const events = new EventSource('events');
  connection('connecting');
  events.addEventListener('message', ({ data }) => {
    view = JSON.parse(data);
    connection('live');
    show();
  });
  events.addEventListener('error', () => connection('lost'));
}

function connection(state) {
  find('connection').dataset.state = state;
  find('connection').className = `connection ${state}`;
  find('connection').textContent = say(state);
}

function speak() {
  document.documentElement.lang = language;
  for (const place of document.querySelectorAll('[data-text]')) place.textContent = say(place.dataset.text);
  if (key === '') find('drills-note').textContent = say('drillsKey');
  find('language').textContent = say('otherLanguage');
  find('language').lang = language === 'ja' ? 'en' : 'ja';
  const { state } = find('connection').dataset;
  if (state !== undefined) connection(state);
  show();
}

function show() {
  if (view === undefined) return;
  find('feature').textContent = view.feature;
  find('environment').textContent = view.environment;
  document.title = `${view.feature} · ${say('title')}`;
  showTiles(view);
  drawDiagram(find('diagram'), nodesOf(view), say('architecture'));
  find('diagram').classList.toggle('flowing', view.rate > 0);
  showTrend(view.history);
  showAlarms(view.alarms);
  showDrills(view.drills);
  showOrders(view.orders);
  find('addresses').replaceChildren(
    ...view.addresses.flatMap(({ name, address }) => [make('dt', name), make('dd', addressOf(address))]),
  );
}

function showTiles({ rate, hitRate, counts }) {
  const { requests, tasks, cache, queues, orders } = counts;
  const sum = (key) => queues.reduce((total, queue) => total + queue[key], 0);
  const dead = sum('deadLetters');
  const percent = hitRate === undefined ? '–' : `${number(hitRate * 100)} %`;
  find('tiles').replaceChildren(
    tile(
      'requestsPerSecond',
      number(rate, 1),
      say('requests-note', { total: number(requests.total), failed: number(requests.failed) }),
    ),
    tile(
      'hitRate',
      percent,
      cache.engine === 'absent'
        ? say('noCache')
        : say('cache-note', { hits: number(cache.hits), misses: number(cache.misses) }),
    ),
    tile('tasks', number(tasks.healthy), say('tasks-note', tasks), tasks.healthy === 0),
    tile('waiting', number(sum('waiting')), say('waiting-note', { held: number(sum('held')) })),
    tile(
      'deadLetters',
      number(dead),
      queues.map(({ name, deadLetters }) => `${name} ${number(deadLetters)}`).join(', '),
      dead > 0,
    ),
    tile(
      'ordersFulfilled',
      number(orders.fulfilled),
      say('orders-note', { accepted: number(orders.accepted), receipts: number(orders.receipts) }),
    ),
  );
}

function tile(name, figure, note, bad = false) {
  const made = make('div', make('span', say(name)), make('b', figure), make('span', note));
  made.className = `tile${bad ? ' bad' : ''}`;
  made.dataset.tile = name;
  return made;
}

/** The boxes of the diagram, those that this platform has. */
function nodesOf({ rate, hitRate, counts }) {
  const { requests, tasks, cache, database, queues, functions, orders } = counts;
  const some = (name, count) => (count > 0 ? { alert: say(name, { count: number(count) }), bad: true } : {});
  const nodes = {
    customers: { title: say('node-customers'), lines: [say('perSecond', { count: number(rate, 1) })] },
    balancer: {
      title: say('node-balancer'),
      lines: [say('requests', { count: number(requests.total) }), say('failed', { count: number(requests.failed) })],
    },
    tasks: {
      title: say('node-tasks'),
      lines: [
        `${'■'.repeat(Math.min(tasks.healthy, 10))}${'□'.repeat(Math.max(0, Math.min(tasks.desired, 10) - tasks.healthy))}`,
        `${number(tasks.healthy)} / ${number(tasks.desired)}`,
      ],
      bad: tasks.healthy === 0,
    },
    cache: {
      title: say('node-cache'),
      lines:
        cache.engine === 'absent'
          ? [say('noCache')]
          : [`${say('hits', { share: hitRate === undefined ? '–' : `${number(hitRate * 100)} %` })}`, cache.engine],
      off: cache.engine === 'absent',
    },
    database: {
      title: say('node-database'),
      lines: [
        say('connections', { count: number(database.connections) }),
        say(database.standby ? 'withStandby' : 'withoutStandby'),
      ],
    },
    topic: { title: say('node-topic'), lines: ['order-events'] },
    bucket: { title: say('node-bucket'), lines: [say('receipts', { count: number(orders.receipts) })] },
  };
  for (const { name, waiting, deadLetters } of queues) {
    nodes[name] = {
      title: say('node-queue', { name }),
      lines: [say('depth', { waiting: number(waiting) })],
      ...some('dead', deadLetters),
    };
  }
  for (const { name, invocations, errors } of functions) {
    nodes[name] = {
      title: say('node-function', { name }),
      lines: [say('runs', { count: number(invocations) })],
      ...some('errors', errors),
    };
  }
  if (functions.length === 0) delete nodes.topic;
  return nodes;
}

/** Requests a second as an area, tasks as steps; each on its own scale from nought. */
function showTrend({ rate, tasks }) {
  const [width, height, seconds] = [1000, 90, 120];
  const line = (values, most) =>
    values.map((value, index) => [
      width - (values.length - 1 - index) * (width / (seconds - 1)),
      height - 3 - (value / most) * (height - 8),
    ]);
  const curve = line(rate, Math.max(10, ...rate));
  const steps = line(tasks, Math.max(4, ...tasks));
  const path = (className, d) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    made.setAttribute('class', className);
    made.setAttribute('d', d);
    return made;
  };
  if (curve.length < 2) return;
  const points = curve.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
  find('trend').replaceChildren(
    path('area', `M${curve[0][0]} ${height}L${points}L${width} ${height}Z`),
    path('rate', `M${points}`),
    path('tasks', `M${steps.map(([x, y], index) => (index === 0 ? `${x} ${y}` : `H${x}V${y}`)).join('')}`),
  );
  find('trend').setAttribute('aria-label', `${say('trend')}: ${number(rate.at(-1), 1)}, ${number(tasks.at(-1))}`);
}

function showAlarms(alarms) {
  const ringing = alarms.filter(({ state }) => state === 'warning' || state === 'critical').length;
  find('ringing').textContent = ringing === 0 ? '' : say('alarmsRinging', { count: ringing });
  find('ringing').className = `tag${ringing === 0 ? '' : ' chip critical'}`;
  const limit = (metric, one) =>
    one === undefined ? '–' : `${one.below ? '<' : '>'} ${figure(metric, one.threshold)}`;
  const measured = alarms.filter(({ state }) => state !== 'no-data');
  const others = alarms.filter(({ state }) => state === 'no-data').map(({ title, member }) => `${title} (${member})`);
  find('unmeasured').hidden = others.length === 0;
  find('unmeasured').querySelector('summary').textContent = say('unmeasured', { count: others.length });
  find('unmeasured').querySelector('p').textContent = others.join(', ');
  rows(find('alarms')).replaceChildren(
    ...measured.map(({ title, member, metric, value, warning, critical, state }) =>
      row(
        [make('span', title), make('small', member), limitsOf(limit(metric, warning), limit(metric, critical))],
        [value === undefined ? '–' : figure(metric, value)],
        [limit(metric, warning)],
        [limit(metric, critical)],
        [chip(state, say(`state-${state}`))],
      ),
    ),
  );
  for (const cell of find('alarms').querySelectorAll('tbody td:nth-child(n+2):nth-child(-n+4)'))
    cell.className = 'figure';
}

/** Both limits in one line, for windows without room for their columns. */
function limitsOf(warning, critical) {
  const made = make('small', `${say('warning')} ${warning} · ${say('critical')} ${critical}`);
  made.className = 'limits';
  return made;
}

/** CloudWatch's figure in the unit that people use. */
function figure(metric, value) {
  if (/Utilization|Percentage/.test(metric)) return `${number(value, 1)} %`;
  if (metric === 'TargetResponseTime') return value < 1 ? `${number(value * 1000)} ms` : `${number(value, 2)} s`;
  if (metric === 'Duration') return value < 1000 ? `${number(value)} ms` : `${number(value / 1000, 1)} s`;
  if (/Lag/.test(metric)) return `${number(value)} ms`;
  if (/Storage|Memory/.test(metric)) return `${number(value / 2 ** 30, 1)} GiB`;
  return number(value, 2);
}

/** Buttons stay the same elements, so that neither focus nor a click is lost between two views. */
function showDrills(drills) {
  const busy = drills.some(({ step, busy: elsewhere }) => step !== undefined || elsewhere !== undefined);
  const list = find('drills');
  for (const drill of drills) {
    let item = list.querySelector(`[data-drill="${CSS.escape(drill.name)}"]`);
    if (item === null) {
      item = make('li', make('button', ''), make('p', ''));
      item.dataset.drill = drill.name;
      const button = item.querySelector('button');
      button.type = 'button';
      button.addEventListener('click', () => {
        button.disabled = true;
        void fetch(`drills/${drill.name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
          body: '{}',
        });
      });
      list.append(item);
    }
    const button = item.querySelector('button');
    button.textContent = say(`drill-${drill.name}`);
    button.disabled = key === '' || busy || !drill.able;
    item.querySelector('p').replaceChildren(...whatHappened(drill));
  }
}

function whatHappened({ able, step, progress, lasts, busy, disturbed = false, result, criteria = [], failure }) {
  if (!able) return [say('unable')];
  if (step !== undefined)
    return [`… ${say(`step-${step}`)}${progress === undefined ? '' : ` ${say('progress', progress)}`}`];
  if (busy !== undefined) return [say('busy', { run: busy })];
  if (failure !== undefined) return [say('failure', { reason: failure })];
  if (result === undefined) return lasts === undefined ? [] : [say('lasts', { seconds: number(lasts) })];
  const { recoveryMs, failedRequests: failed, ...orders } = result;
  const words =
    recoveryMs === null
      ? say('notRecovered', { ...orders, failed })
      : say('result', { ...orders, failed, recovery: `${number(recoveryMs / 1000, 1)} s` });
  return [
    words,
    ...(disturbed ? [` ${say('disturbed')}`] : []),
    ...criteria.flatMap(({ id, verdict }) => [' ', chip(verdict, `${id} ${say(`verdict-${verdict}`)}`)]),
  ];
}

function showOrders(orders) {
  find('no-orders').hidden = orders.length > 0;
  find('orders').hidden = orders.length === 0;
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  rows(find('orders')).replaceChildren(
    ...orders.map(({ id, customer, total, placedAt, status }) =>
      row(
        [id.slice(0, 8)],
        [customer],
        [`¥${number(total)}`],
        [time.format(new Date(placedAt))],
        [chip(status, say(status))],
      ),
    ),
  );
  for (const cell of find('orders').querySelectorAll('tbody td:nth-child(3)')) cell.className = 'figure';
}

function addressOf(address) {
  if (!/^https?:/.test(address)) return address;
  const link = make('a', address);
  link.href = address;
  link.rel = 'noreferrer';
  return link;
}

const rows = (table) => table.tBodies[0];
const row = (...cells) => make('tr', ...cells.map((content) => make('td', ...content)));

function chip(kind, text) {
  const made = make('span', text);
  made.className = `chip ${kind}`;
  return made;
}

function make(name, ...content) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}
