// Many who ask for the same thing at once get one answer: a popular entry that expires sends one question to the database, not hundreds.

/** Runs `work` once for all who ask under a key while it runs. */
export function singleFlight<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const flights = new Map<string, Promise<T>>();
  return (key, work) => {
    const flying = flights.get(key);
    if (flying !== undefined) return flying;
    const flight = work().finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  };
}
