import { article } from "../pages.mjs";

export const render = (data) => article(data);
