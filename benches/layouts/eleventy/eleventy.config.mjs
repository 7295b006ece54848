// The archive that is generated for Hugo, built by Eleventy: the same front matter and bodies, pages that hold the same.
//
// Functions in JavaScript draw all pages, which is the quickest that Eleventy has, and bodies run through no template.
// Lists that are divided into pages are one collection each, of their pages: Eleventy divides one list, not many.

import { chunks, home, index, list, slug } from "./pages.mjs";

const SITE = "https://desk.example";
const KINDS = { actors: "Actors", locations: "Locations", dates: "Dates" };

export default function (config) {
	// Where Eleventy would read all of `.gitignore` and warn of what is not there.
	config.setUseGitIgnore(false);
	config.setQuietMode(true);

	let briefings;
	const newestFirst = (api) => (briefings ??= api.getFilteredByGlob("content/briefings/**/*.md").sort(newer));

	let terms;
	const byTerm = (api) => {
		if (!terms) {
			terms = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, new Map()]));
			for (const briefing of newestFirst(api)) {
				for (const kind of Object.keys(KINDS)) {
					for (const name of briefing.data[kind]) {
						const known = terms[kind].get(name);
						known ? known.push(briefing) : terms[kind].set(name, [briefing]);
					}
				}
			}
		}
		return terms;
	};

	config.on("eleventy.before", () => (briefings = terms = undefined));
	config.addCollection("latest", (api) => newestFirst(api).slice(0, 10));
	config.addCollection("lists", (api) => [
		...chunks("Briefings", "/briefings/", newestFirst(api)),
		...Object.entries(byTerm(api)).flatMap(([kind, names]) =>
			[...names].flatMap(([name, found]) => chunks(name, `/${kind}/${slug(name)}/`, found)),
		),
	]);
	config.addCollection("indexes", (api) =>
		Object.entries(byTerm(api)).map(([kind, names]) => ({
			title: KINDS[kind],
			url: `/${kind}/`,
			// As Hugo sorts them.
			terms: [...names]
				.map(([name, found]) => ({ name, url: `/${kind}/${slug(name)}/`, count: found.length }))
				.sort((one, other) => (one.name < other.name ? -1 : 1)),
		})),
	);
	config.addCollection("addresses", (api) => [
		"/",
		"/briefings/",
		...newestFirst(api).map((briefing) => briefing.url),
		...Object.entries(byTerm(api)).flatMap(([kind, names]) => [
			`/${kind}/`,
			...[...names.keys()].map((name) => `/${kind}/${slug(name)}/`),
		]),
	]);

	const template = (name, data, render) =>
		config.addTemplate(`${name}.11ty.mjs`, { data: () => ({ eleventyExcludeFromCollections: true, ...data }), render });
	const paged = (data, alias) => ({ pagination: { data, size: 1, alias }, permalink: (all) => all[alias].url });
	template("home", { permalink: "/" }, (data) => home(data.collections.latest));
	template("list", paged("collections.lists", "part"), (data) => list(data.part));
	template("index", paged("collections.indexes", "kind"), (data) => index(data.kind));
	template("sitemap", { permalink: "/sitemap.xml" }, (data) => {
		const urls = data.collections.addresses.map((url) => `<url><loc>${SITE}${encodeURI(url)}</loc></url>\n`);
		return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join("")}</urlset>
`;
	});

	return {
		dir: { input: "content", includes: "../layouts" },
		templateFormats: ["md", "11ty.js"],
		markdownTemplateEngine: false,
	};
}

function newer(one, other) {
	return other.date - one.date || (other.inputPath < one.inputPath ? -1 : 1);
}
