// Follows what `brief serve` shows: reloads the page when the site has changed, takes new style sheets without a
// reload, and lists mistakes over the page until they are mended.
(() => {
  'use strict';
  const script = document.currentScript;
  const base = new URL('../', script.src);
  const memory = `brief-serve:${location.pathname}${location.search}`;
  // A page that shows a site follows the site; one that shows only what is wrong follows everything.
  const { round } = script.dataset;
  let { site } = script.dataset;
  let overlay;
  let listed = '';

  restore();
  const events = new EventSource(new URL('events', script.src));
  events.addEventListener('message', ({ data }) => follow(JSON.parse(data)));
  // A page that is left open behind another holds no connection: browsers keep six to one host.
  addEventListener('pagehide', () => events.close());
  addEventListener('pageshow', ({ persisted }) => persisted && reload());

  function follow(now) {
    if (round !== undefined) {
      if (now.round !== round) reload();
      return;
    }
    if (now.site !== site) {
      if (now.styles === null || now.styles.from !== site || now.faults.errors > 0) return reload();
      restyle(now);
    }
    list(now.faults);
  }

  // Every style sheet is taken anew, since one may import another.
  function restyle({ site: newer, styles }) {
    const names = new Map(styles.changed.map(([from, to]) => [new URL(from, base).pathname, to]));
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const address = new URL(link.href);
      if (address.origin !== base.origin || link.dataset.replaced) continue;
      const name = names.get(address.pathname);
      const fresh = name === undefined ? address : new URL(name, base);
      fresh.search = newer;
      const next = link.cloneNode();
      next.href = fresh;
      // The old one holds until the new one is there, so that the page is never bare.
      link.dataset.replaced = true;
      next.addEventListener('load', () => link.remove());
      next.addEventListener('error', reload);
      link.after(next);
    }
    site = newer;
  }

  function reload() {
    events.close();
    const details = [...document.querySelectorAll('details')].map(({ open }) => open);
    // Scripts of the page may add elements, but hardly of every sort: so it is counted among those of its own.
    const { localName } = document.activeElement ?? document.body;
    const focus = [localName, [...document.querySelectorAll(localName)].indexOf(document.activeElement)];
    try {
      sessionStorage.setItem(memory, JSON.stringify({ x: scrollX, y: scrollY, details, focus }));
    } catch {
      // Without storage the browser's own memory has to do.
    }
    location.reload();
  }

  function restore() {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(memory));
      sessionStorage.removeItem(memory);
    } catch {
      return;
    }
    if (!kept) return;
    const details = [...document.querySelectorAll('details')];
    if (details.length === kept.details.length) details.forEach((one, place) => (one.open = kept.details[place]));
    const [name, place] = kept.focus;
    document.querySelectorAll(name)[place]?.focus({ preventScroll: true });
    const scroll = () => scrollTo({ left: kept.x, top: kept.y, behavior: 'instant' });
    scroll();
    // Images that come late move what stands below them, but not away from a reader who has gone elsewhere.
    const isThere = { x: scrollX, y: scrollY };
    addEventListener('load', () => scrollX === isThere.x && scrollY === isThere.y && scroll(), { once: true });
  }

  function list(faults) {
    const now = JSON.stringify(faults.list);
    // What was closed stays closed until something else is wrong.
    if (now === listed) return;
    listed = now;
    overlay?.remove();
    overlay = undefined;
    if (faults.errors > 0) show(faults);
  }

  function show({ errors, warnings, list: all }) {
    const count = (number, word) => (number === 0 ? [] : [`${number} ${word}${number === 1 ? '' : 's'}`]);
    const element = (name, parent, text = '') => {
      const made = document.createElement(name);
      made.textContent = text;
      parent.append(made);
      return made;
    };
    overlay = document.createElement('brief-mistakes');
    overlay.lang = 'en';
    overlay.dir = 'ltr';
    const root = overlay.attachShadow({ mode: 'open' });
    // A policy that refuses styles inside a page lets these through.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    const dialog = element('dialog', root);
    dialog.setAttribute('aria-labelledby', 'title');
    const title = element('h1', dialog, [...count(errors, 'error'), ...count(warnings, 'warning')].join(', '));
    title.id = 'title';
    element('p', dialog, 'The page below is the last good one. This goes away when the errors are mended.');
    for (const { severity, text } of all) {
      const one = element('pre', dialog);
      one.className = severity;
      // Words wrap. Lines of a file do not, so that the carets below them stay in their columns.
      for (const part of text.match(/(?:^ *\d* *\|.*\n?)+|.*\n|.+/gm) ?? []) {
        element('span', one, part).className = /^ *\d* *\|/.test(part) ? 'source' : 'words';
      }
    }
    const more = errors + warnings - all.length;
    if (more > 0) element('p', dialog, `${more} more are listed in the terminal.`);
    const close = element('button', element('footer', dialog), 'Close (Esc)');
    close.type = 'button';
    // Else the first line that can be scrolled would have the focus.
    close.autofocus = true;
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => overlay?.remove());
    document.body.append(overlay);
    dialog.showModal();
  }

  const styles = `
    :host { all: initial }
    dialog {
      box-sizing: border-box; width: min(72rem, 100vw - 2rem); max-height: calc(100vh - 2rem); overflow: auto;
      padding: 1rem min(1.5rem, 4vw) 0; border: 0; border-top: .4rem solid #d33; border-radius: .3rem;
      background: #1b1b1f; color: #f2f2f2; color-scheme: dark; font: 1rem/1.5 system-ui, sans-serif;
    }
    dialog::backdrop { background: rgb(0 0 0 / .5) }
    h1 { margin: 0; font-size: 1.25rem }
    p { margin: .25rem 0 1rem; color: #c9c9d1 }
    pre {
      margin: 0 0 1rem; padding: .75rem min(1rem, 3vw); border-left: .25rem solid #e66;
      background: #111114; font: .875rem/1.45 ui-monospace, monospace; tab-size: 4;
    }
    pre.warning { border-left-color: #cb3 }
    span { display: block }
    .words { white-space: pre-wrap; overflow-wrap: anywhere }
    .source { overflow: auto }
    footer {
      position: sticky; bottom: 0; margin: 0 max(-1.5rem, -4vw); padding: .75rem min(1.5rem, 4vw);
      border-top: 1px solid #4a4a52; background: #1b1b1f;
    }
    button { padding: .4rem 1rem; font: inherit; cursor: pointer }
    @media print { dialog { display: none } }
  `;
})();
