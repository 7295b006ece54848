// What stands on the pages: as bare as the layouts for Hugo, and the same.

const TITLE = "Generated desk";
const MONTHS = "January February March April May June July August September October November December".split(" ");
const PER_PAGE = 50;

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
const escape = (text) => text.replace(/[&<>"']/g, (found) => ESCAPES[found]);

const slugs = new Map();
// The last part of a term's address.
export function slug(name) {
	let known = slugs.get(name);
	if (known === undefined) {
		known = name.toLowerCase().replaceAll(" ", "-");
		slugs.set(name, known);
	}
	return known;
}

const day = (date) => date.toISOString().slice(0, 10);
const inWords = (date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
const time = (date) => `<time datetime="${day(date)}">${inWords(date)}</time>`;

// The pages of a list: each knows its neighbours.
export function chunks(title, url, items) {
	const total = Math.ceil(items.length / PER_PAGE);
	const address = (number) => (number === 1 ? url : `${url}page/${number}/`);
	return Array.from({ length: total }, (_, place) => ({
		title,
		url: address(place + 1),
		items: items.slice(place * PER_PAGE, (place + 1) * PER_PAGE),
		number: place + 1,
		total,
		newer: place > 0 && address(place),
		older: place + 1 < total && address(place + 2),
	}));
}

function page(title, url, main, summary) {
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title ? `${escape(title)} | ` : ""}${TITLE}</title>
${summary ? `<meta name="description" content="${escape(summary)}">\n` : ""}<link rel="canonical" href="https://desk.example${encodeURI(url)}">
</head>
<body>
<a href="#main">Skip to the text</a>
<header>
<a href="/">${TITLE}</a>
<nav aria-label="Archive">
<ul>
<li><a href="/briefings/">Briefings</a></li>
<li><a href="/actors/">Actors</a></li>
<li><a href="/locations/">Locations</a></li>
<li><a href="/dates/">Dates</a></li>
</ul>
</nav>
</header>
<main id="main">
${main}
</main>
<footer><p>${TITLE}</p></footer>
</body>
</html>
`;
}

const row = ({ url, date, data }) => `<li><a href="${encodeURI(url)}">${escape(data.title)}</a>
${time(date)}
<p>${escape(data.summary)}</p></li>
`;

export function home(latest) {
	return page("", "/", `<h1>${TITLE}</h1>
<ul>
${latest.map(row).join("")}</ul>`);
}

export function list({ title, url, items, number, total, newer, older }) {
	return page(title, url, `<h1>${escape(title)}</h1>
<ul>
${items.map(row).join("")}</ul>
<nav aria-label="Pages">${newer ? `<a href="${encodeURI(newer)}">Newer</a>` : ""}
<span>${number} of ${total}</span>
${older ? `<a href="${encodeURI(older)}">Older</a>` : ""}</nav>`);
}

export function index({ title, url, terms }) {
	const item = ({ name, url, count }) => `<li><a href="${encodeURI(url)}">${escape(name)}</a> <span>${count}</span></li>\n`;
	return page(title, url, `<h1>${title}</h1>
<ul>
${terms.map(item).join("")}</ul>`);
}

export function article({ title, summary, date, page: { url }, actors, locations, dates, params, content }) {
	const terms = (kind, names) =>
		names.map((name) => `<dd><a href="/${kind}/${encodeURI(slug(name))}/">${escape(name)}</a></dd>\n`).join("");
	const source = ({ publisher, url, title, published }) =>
		`<li>${escape(publisher)}: <a href="${escape(url)}">${escape(title)}</a>, ${day(published)}</li>\n`;
	return page(title, url, `<article>
<h1>${escape(title)}</h1>
<p>${time(date)}</p>
<p>${escape(summary)}</p>
<dl>
<dt>Who</dt>
${terms("actors", actors)}<dt>Where</dt>
${terms("locations", locations)}<dt>When</dt>
${terms("dates", dates)}</dl>
${content}
<h2>Sources</h2>
<ol>
${params.sources.map(source).join("")}</ol>
</article>`, summary);
}
