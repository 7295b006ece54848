// A host of static files, as far as a site can count on one: folders show their `index.html`, what is missing shows
// `404.html`, texts are packed, and the site's own `_headers` are sent.

import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
};

/**
 * Serves `folder` below `prefix` (`/` or `/archive/`) of a free port of this machine; outside of it there is nothing.
 * @returns {Promise<{home: string, close: () => void}>} the address of the site's root
 */
export async function serve(folder, prefix = '/') {
  const rules = headerRules(await readFile(path.join(folder, '_headers'), 'utf8'));
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    const { status, file } = pathname.startsWith(prefix)
      ? await find(folder, pathname.slice(prefix.length))
      : { status: 404 };
    for (const { matches, headers } of rules) {
      if (matches.test(pathname)) for (const [name, value] of headers) response.setHeader(name, value);
    }
    if (status === 301) response.setHeader('Location', `${pathname}/`);
    if (file) response.setHeader('Content-Type', types[path.extname(file)] ?? 'application/octet-stream');
    response.statusCode = status;
    const bytes = file ? await readFile(file) : '';
    const isText = file && path.extname(file) in types && path.extname(file) !== '.png';
    if (isText) response.setHeader('Content-Encoding', 'gzip');
    response.end(isText ? gzipSync(bytes) : bytes);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    home: `http://127.0.0.1:${server.address().port}${prefix}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The file for an address below the site's root. */
async function find(folder, address) {
  const asked = path.join(folder, decodeURIComponent(address));
  const found = await stat(asked).catch(() => undefined);
  if (found?.isFile()) return { status: 200, file: asked };
  const index = path.join(asked, 'index.html');
  if (found?.isDirectory() && (await stat(index).catch(() => undefined))) {
    return address === '' || address.endsWith('/') ? { status: 200, file: index } : { status: 301 };
  }
  return { status: 404, file: path.join(folder, '404.html') };
}

/**
 * `_headers` as Netlify and Cloudflare Pages read it: a line with a path, in which `*` stands for anything, and below
 * it, set in, one header a line. Every rule that matches counts.
 */
export function headerRules(text) {
  const rules = [];
  for (const line of text.split('\n')) {
    if (/^\S/.test(line)) {
      const parts = line.trim().split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
      rules.push({ matches: new RegExp(`^${parts.join('.*')}$`), headers: [] });
    } else if (line.trim() !== '') {
      const colon = line.indexOf(':');
      rules.at(-1).headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
    }
  }
  return rules;
}
