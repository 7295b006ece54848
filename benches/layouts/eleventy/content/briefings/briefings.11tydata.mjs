export default {
	layout: "page.11ty.mjs",
	permalink: ({ date, slug }) => `/briefings/${date.toISOString().slice(0, 10).replaceAll("-", "/")}/${slug}/`,
};
