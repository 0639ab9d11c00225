// Looked up within the page itself, in the browser. Each function stands alone, since it is sent there as text.

/** @returns {number} */
export function widthOfPage() {
  return document.documentElement.scrollWidth;
}

/** @returns {string} */
export function groundOfPage() {
  return getComputedStyle(document.body).backgroundColor;
}

/**
 * What runs out of its place, of what may not: a table scrolls by itself.
 * @returns {string[]}
 */
export function overflowing() {
  const places = document.querySelectorAll('.current :is(.figures > div, button, li, td, .way), nav a');
  return [...places]
    .filter((place) => place.clientWidth > 0 && place.scrollWidth > place.clientWidth + 1)
    .map((place) => `${place.tagName} ${place.className} ${place.textContent.slice(0, 40)}`);
}

/**
 * The accessibility rules that are broken, each with a place. axe has to be there already. Of the document's thousand lines, which are
 * all alike, every twelfth is looked at.
 * @param {object} options of axe
 * @returns {Promise<string[]>}
 */
export async function brokenRules(options) {
  const context = { exclude: [['.line:not(:nth-child(12n))']] };
  const { violations } = await globalThis.axe.run(context, { ...options, resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
}
