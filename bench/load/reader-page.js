// Runs in the page that is measured, before anything of its own.
(() => {
  const MARK = /bench (\d{8}) /;
  /** The entry that each message was shown as. */
  const seen = new Map();
  const doubled = new Set();
  const letters = [];
  window.watched = { letters, scrollDown, faults };

  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') letters.push(duration);
  }).observe({ type: 'event', durationThreshold: 16 });

  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) note(node);
  }).observe(document, { childList: true, subtree: true });

  function note(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const article of node.matches('article') ? [node] : node.querySelectorAll('article')) {
      const [, number] = MARK.exec(article.textContent) ?? [];
      if (number === undefined) continue;
      const { entryId } = article.dataset;
      if (seen.has(+number) && seen.get(+number) !== entryId) doubled.add(+number);
      seen.set(+number, entryId);
    }
  }

  /** Never seen, or seen as two. */
  function faults(first, end) {
    let count = 0;
    for (let number = first; number < end; number++) if (!seen.has(number) || doubled.has(number)) count += 1;
    return count;
  }

  /** Until nothing moves for a second. Resolves with how long each frame took. */
  function scrollDown(selector, px) {
    const { promise, resolve } = Promise.withResolvers();
    const frames = [];
    let before = performance.now();
    let movedAt = before;
    requestAnimationFrame(function step(now) {
      frames.push(now - before);
      before = now;
      const place = document.querySelector(selector);
      const top = place.scrollTop;
      place.scrollTop += px;
      if (place.scrollTop > top) movedAt = now;
      if (now - movedAt < 1_000) requestAnimationFrame(step);
      else resolve(frames);
    });
    return promise;
  }
})();
