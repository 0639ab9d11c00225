// What the words of an estimate mean where they are more than a name: units of time, machines that a saving is on, what a night's stop saves.

const machines = [
  { machine: 'fargate', words: /ECS|Fargate/ },
  { machine: 'aurora', words: /RDS|Aurora/ },
  { machine: 'cache', words: /ElastiCache|Redis|Valkey/ },
] as const;

type Machine = (typeof machines)[number]['machine'];

/** The machines that a service's name or a saving's label speaks of. */
export const machinesIn = (label: string): readonly Machine[] =>
  machines.filter(({ words }) => words.test(label)).map(({ machine }) => machine);

/** Whether a service is one of those that a saving is on. */
export const isSavedOn = (service: string, saving: string): boolean =>
  machinesIn(service).some((machine) => machinesIn(saving).includes(machine));

/** Whether a figure of a cost line counts hours: `730時間`, but no price for an hour. */
export const countsHours = ({ unit }: { readonly unit: string }): boolean => unit.includes('時間');

/** `夜間自動停止（50%削減）`: where a note says how much a stop at night saves, in per cent. */
export const nightStop = /停止[^%％]*?(?<percent>\d+(?:\.\d+)?)\s*[%％]/;

/** What a note says that a stop at night saves, in per cent; `undefined` when it says nothing of it. */
export function savedAtNight(note: string): number | undefined {
  const percent = nightStop.exec(note)?.groups?.percent;
  return percent === undefined ? undefined : Number(percent);
}
