// How a step says that it did not end well. The state machine knows both by name.

/** What was asked for is on its way: ask again in a while. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}

/** What was asked for must not be done, now or later. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
