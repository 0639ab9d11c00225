// Looked up within the page itself, in the browser: what does not fit, and what can hardly be read. Each function stands alone, since it
// is sent there as text.

/** @returns {number} */
export function widthOfPage() {
  return document.documentElement.scrollWidth;
}

/**
 * Texts that run out of what holds them, boxes of the diagram among them.
 * @returns {string[]}
 */
export function overflowing() {
  const cut = [...document.querySelectorAll('section, td, th, button, .figures > div')].filter(
    (element) => element.scrollWidth > element.clientWidth + 1,
  );
  const boxes = [...document.querySelectorAll('[data-node]')].filter((group) => {
    const rect = group.querySelector('rect').getBoundingClientRect();
    return [...group.querySelectorAll('text')].some((text) => {
      const { right, bottom } = text.getBoundingClientRect();
      return right > rect.right || bottom > rect.bottom + 1;
    });
  });
  return [...cut, ...boxes].map((element) => element.textContent.trim().slice(0, 40));
}

/**
 * Texts with less contrast to their ground than 4.5 to 1 (WCAG AA).
 * @returns {string[]}
 */
export function faint() {
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const box = element.closest('g.box')?.querySelector('rect');
    if (box) return getComputedStyle(box).fill;
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (channels(colour)[3] !== 0) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const texts = 'h1, h2, p, b, span, td, th, dt, dd, a, button:enabled, small, figcaption, svg text';
  return [...document.querySelectorAll(texts)]
    .filter((element) => element.textContent.trim() !== '')
    .filter((element) => {
      const { color, fill } = getComputedStyle(element);
      const [a, b] = [light(element instanceof SVGElement ? fill : color), light(ground(element))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
    })
    .map((element) => `${element.tagName} ${element.textContent.trim().slice(0, 30)}`);
}
