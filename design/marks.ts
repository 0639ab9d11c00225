// The marks before the items of lists, as people and editors write them.

/** A bullet, with the space after it; those that are no ASCII stand without one too. A source of regular expressions. */
export const bullet = String.raw`(?:[-*+–—▪▫‣◦]\s+|[・•●○■□◆◇]\s*(?=\S))`;
