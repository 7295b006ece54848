// The script of the search page without a page: its parts, and the index of a built site as they read it.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import vm from 'node:vm';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const script = fileURLToPath(new URL('../../themes/dispatch/static/search.js', import.meta.url));

/** What `search.js` leaves behind where there is no page: `fold`, `cut`, `forms`, `parse`, `marked`, `open`. */
export const parts = await (async () => {
  const context = vm.createContext({ TextDecoder, console });
  vm.runInContext(await readFile(script, 'utf8'), context, { filename: script });
  return context.briefSearch;
})();

/** The index of the site in `folder`, and its manifest. */
export async function openSite(folder) {
  const page = await readFile(path.join(folder, 'search/index.html'), 'utf8');
  const [, json] = /<script type="application\/json" id="search-index">([\s\S]*?)<\/script>/.exec(page);
  const manifest = JSON.parse(json);
  const load = async (name, kind) => new Uint8Array(gunzipSync(await readFile(path.join(folder, 'search/data', `${name}.${kind}`))));
  return { manifest, index: parts.open(manifest, load) };
}
