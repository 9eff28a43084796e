/* SPDX-License-Identifier: BSD-2-Clause */
/* What the user has chosen, the trees that follow from it, and the URL that holds it. */

/*
 * x, y, part: the zoomed frame, by where it starts in units of the table, its
 * depth, and which part of the view it is in; s, ic: the search; hide: items
 * of shape.js with names as text; focus: the name of a function.
 */
const state = {};
const SHAPES = ["reversed", "order", "collapse", "hide", "focus", "show"];
const listeners = [];
let initial = {};			/* the state of a URL that says nothing */

function defaultState() {
	const meta = page.meta;

	return { x: 0, y: 0, part: 0, s: "", ic: false, inverted: Boolean(meta.inverted), reversed: Boolean(meta.reversed),
		order: meta.chart ? "time" : "name", cut: meta.cut === "left" ? "left" : "right", color: meta.diff ? "delta" : "palette",
		collapse: false, hide: [], focus: "", delta: meta.inclusive ? "inclusive" : "self", blind: Boolean(meta.blind), show: usualShow() };
}

/* ---- trees ---- */

/*
 * parts: [{ tree, dir }], 1 for what stands on the root and -1 for what is
 * below it; two with a focus.  stacks: the tree without reversal or focus.
 * whole: the units that are 100%.  matched: by name, or null.
 */
const view = { parts: [], stacks: null, whole: 0, zoom: { part: 0, node: 0 }, matched: null, totals: () => totalsOf() };

/* { tree, size, use } by what it was made of, the one used last at the end. */
const made = new Map();
const KEPT = 4000000;			/* nodes of all, without those of the view */
let use = 0;				/* number of the view */

function memo(key, make) {
	let entry = made.get(key);

	if (entry === undefined) {
		const tree = make();
		entry = { tree, size: tree.self.length, use };
	}
	made.delete(key);
	made.set(key, entry);
	entry.use = use;
	forget();
	return entry.tree;
}

function forget() {
	let size = 0;

	for (const entry of made.values())
		size += entry.use === use ? 0 : entry.size;
	for (const [key, entry] of made) {
		if (size <= KEPT)
			return;
		if (entry.use === use)
			continue;
		made.delete(key);
		size -= entry.size;
	}
}

let ids = null;				/* by name */

function idOf(name) {
	const names = page.profile.names;

	if (ids === null) {
		ids = new Map();
		for (let id = names.length - 1; id >= NAMED; id--)
			ids.set(names[id], id);
	}
	return ids.has(name) ? ids.get(name) : -1;
}

/* As hide() takes them: numbers for names.  What this profile has not is left out. */
function hiddenItems() {
	const items = [], turned = { path: "leaf", leaf: "path" };

	for (const item of state.hide)
		if (item.kind === "name" && idOf(item.name) >= 0)
			items.push({ kind: "name", name: idOf(item.name) });
		else if (item.kind !== "name" && item.path.every((name) => idOf(name) >= 0))
			items.push({ kind: page.meta.reversed ? turned[item.kind] : item.kind, path: item.path.map(idOf), collapsed: item.collapsed });
	return items;
}

/* The stacks that are to be seen: { tree, key, sorted: siblings stand as in the table }. */
function shownStacks() {
	let tree = page.profile.tree, key = "", sorted = true;
	const step = function (name, make) {
		const from = tree;
		key += "/" + name;
		tree = memo(key, () => make(from));
	};

	if (page.meta.diff && state.show !== usualShow())
		step(state.show, shownTree);
	const items = hiddenItems();
	if (items.length > 0)
		step(JSON.stringify(items), (t) => hide(t, items));
	if (state.collapse) {
		step("collapse", collapseRecursion);
		sorted = false;
	}
	return { tree, key, sorted };
}

function ordered(tree, key, sorted) {
	if (state.order === "size")
		return memo(key + "/size", () => orderBySize(tree));
	if (state.order === "name" && (!sorted || page.meta.chart))
		return memo(key + "/name", () => orderByName(tree, page.profile.names));
	return tree;
}

function makeParts(stacks) {
	const { tree, key, sorted } = stacks, id = state.focus === "" ? -1 : idOf(state.focus), turned = Boolean(page.meta.reversed);
	const part = (name, make, dir) => ({ tree: ordered(memo(key + name, () => make(tree)), key + name, false), dir });

	if (id >= 0) {
		const callees = (dir) => part("/callees " + id, (t) => calleesOf(t, id), dir);
		const callers = (dir) => part("/callers " + id, (t) => callersOf(t, id), dir);
		return turned ? [callers(1), callees(-1)] : [callees(1), callers(-1)];
	}
	if (state.reversed !== turned)
		return [part("/reversed", reverseTree, 1)];
	return [{ tree: ordered(tree, key, sorted), dir: 1 }];
}

/* What each function has, root first whatever is shown. */
function totalsOf() {
	const { tree, key } = shownStacks();

	return memo(key + "/totals", () => functionTotals(page.meta.reversed ? memo(key + "/reversed", () => reverseTree(tree)) : tree,
	    page.profile.names.length));
}

function makeView() {
	use++;
	const stacks = shownStacks(), all = state.show === usualShow() && hiddenItems().length === 0;

	view.stacks = stacks.tree;
	view.parts = makeParts(stacks);
	view.whole = Math.max(stacks.tree.total[0], all ? (page.meta.whole || 0) * Math.pow(10, page.meta.scale) : 0);
	view.zoom = zoomedNode();
}

/* ---- the zoomed frame ---- */

/* The widest node of that depth which starts there, or -1. */
function nodeOf(tree, start, depth) {
	let node = 0;

	if (depth === 0)
		return start === 0 ? 0 : -1;
	for (let i = 1; i <= tree.last[node];) {
		if (start < tree.start[i] || start >= tree.start[i] + tree.total[i]) {
			i = tree.last[i] + 1;
			continue;
		}
		if (tree.depth[i] === depth)
			return tree.start[i] === start && tree.name[i] !== GAP ? i : -1;
		node = i++;
	}
	return -1;
}

function zoomedNode() {
	const part = state.part < view.parts.length ? state.part : 0;
	const node = nodeOf(view.parts[part].tree, state.x, state.y);

	return node > 0 ? { part, node } : { part: 0, node: 0 };
}

/* The node of TREE that has the path of NODE in OLD, the one that begins where it does if there are several; or -1. */
function sameNode(tree, old, node) {
	const path = pathOf(old, node), there = nodeOf(tree, old.start[node], old.depth[node]);

	return there > 0 && pathOf(tree, there).every((id, i) => id === path[i]) ? there : findPath(tree, path);
}

/* The same frame in the view as it is now, after it was BEFORE; null if it is not there. */
function follow(at, before) {
	const part = at.part < view.parts.length ? view.parts[at.part] : null;

	if (part === null || before.length !== view.parts.length)
		return null;
	if (part.tree === before[at.part].tree)
		return at;
	const node = sameNode(part.tree, before[at.part].tree, at.node);
	return node >= 0 && (node === 0 || part.tree.total[node] > 0) ? { part: at.part, node } : null;
}

/* ---- changes ---- */

function onChange(run) {
	listeners.push(run);
}

/* A path is one of the tree that is seen. */
function asSeen(items) {
	return items.map((item) => item.kind === "name" || !state.collapse || state.hide.includes(item) ? item : Object.assign({ collapsed: true }, item));
}

/*
 * Take PATCH into the state, draw what follows, and put it into the URL: a
 * step that Back undoes, unless with { replace: true }.  A zoomed frame stays so where
 * the new view has it.
 */
function change(patch, options) {
	const before = view.parts, zoom = view.zoom, turns = "reversed" in patch || "focus" in patch;

	Object.assign(state, patch, "hide" in patch ? { hide: asSeen(patch.hide) } : {});
	makeView();
	if (!("x" in patch) && SHAPES.some((key) => key in patch)) {
		const at = turns ? null : follow(zoom, before);
		setZoom(at === null ? { part: 0, node: 0 } : at);
	}
	selected = selected === null || turns ? null : follow(selected, before);
	writeUrl(Boolean(options && options.replace));
	showState();
}

function setZoom(at) {
	const tree = view.parts[at.part].tree;

	view.zoom = at;
	Object.assign(state, at.node === 0 ? { x: 0, y: 0, part: 0 } : { x: tree.start[at.node], y: tree.depth[at.node], part: at.part });
}

let shownForm = "";

/* Where what stands on what is turned around, the zoomed frame or the root stays in sight. */
function revealRoot() {
	const form = [state.inverted, state.reversed, state.focus].join(" ");

	if (shownForm !== "" && shownForm !== form)
		keepInSight(view.zoom);
	shownForm = form;
}

function showState() {
	makeMatches();
	if (paint() && measurePage())	/* a scroll bar has come or gone */
		paint();
	revealRoot();
	for (const run of listeners)
		run();
}

/* ---- the URL ---- */

function urlKey(key) {
	return page.own ? key : page.prefix + key;
}

function textOfValue(value) {
	return typeof value === "boolean" ? (value ? "1" : "0") : typeof value === "object" ? JSON.stringify(value) : String(value);
}

function isItem(item) {
	return item !== null && typeof item === "object" && (item.kind === "name" ? typeof item.name === "string" :
	    (item.kind === "path" || item.kind === "leaf") && [undefined, true].includes(item.collapsed) &&
	    Array.isArray(item.path) && item.path.length > 0 && item.path.every((name) => typeof name === "string"));
}

function itemsOfText(text) {
	try {
		const items = JSON.parse(text);
		return Array.isArray(items) ? items.filter(isItem) : [];
	} catch (e) {
		return [];
	}
}

/* What a text of the URL means; undefined if nothing, or nothing that the menu of this picture offers. */
function valueOfText(key, text) {
	const choice = menuSwitches.find((s) => s.name === key);

	if (key === "hide")
		return itemsOfText(text);
	if (choice !== undefined)
		return switchesHere().includes(choice) ? valuesOf(choice).map((v) => v[0]).find((v) => textOfValue(v) === text) : undefined;
	switch (typeof initial[key]) {
	case "boolean":
		return text === "1" ? true : text === "0" ? false : undefined;
	case "number":
		return /^\d{1,16}$/.test(text) ? Number(text) : undefined;
	default:
		return text;
	}
}

/* The members of the fragment; what is not KEY=VALUE is none of ours. */
function fragment() {
	return location.hash.slice(1).split("&").filter((text) => text !== "" && text !== "-");
}

function hashOf(members) {
	return new URLSearchParams(members.filter((text) => text.includes("=")).join("&"));
}

function readUrl() {
	const query = new URLSearchParams(location.search), hash = hashOf(fragment());
	const from = Object.keys(initial).some((key) => hash.has(urlKey(key))) || location.hash === "#-" ? hash : query;

	Object.assign(state, initial, { hide: [] });
	for (const key of Object.keys(initial)) {
		const text = from.get(urlKey(key)), value = text === null ? undefined : valueOfText(key, text);
		if (value !== undefined)
			state[key] = value;
	}
}

/* What others have in the fragment and in the query stays. */
function urlOfState() {
	const query = new URLSearchParams(location.search), ours = new URLSearchParams(), keys = Object.keys(initial).map(urlKey);
	const others = fragment().filter((text) => !keys.some((key) => hashOf([text]).has(key)));
	let taken = false;

	for (const key of Object.keys(initial)) {
		taken = taken || query.has(urlKey(key));
		query.delete(urlKey(key));
		if (textOfValue(state[key]) !== textOfValue(initial[key]))
			ours.append(urlKey(key), textOfValue(state[key]));
	}
	const search = taken ? query.toString() : location.search.slice(1);
	const text = others.concat(ours.toString() || []).join("&");
	return { search: search === "" ? "" : "?" + search, hash: text === "" ? "" : "#" + text };
}

function writeUrl(replace) {
	const url = urlOfState(), base = location.href.split(/[?#]/)[0];

	if (url.search === location.search && url.hash === location.hash)
		return;
	try {
		history[replace ? "replaceState" : "pushState"](historyState(replace ? 0 : 1), "", base + url.search + url.hash);
	} catch (e) {
		writeFragment(url.hash === "" ? "#-" : url.hash, replace);
	}
}

/* Where that is forbidden too, the URL stays as it is. */
function writeFragment(hash, replace) {
	try {
		if (replace)
			location.replace(hash);
		else
			location.hash = hash;
	} catch (e) {
		return;
	}
}

/* Back, forward, or another fragment typed. */
function onUrl() {
	const before = view.parts, was = Object.assign({}, state);

	readUrl();
	if (JSON.stringify(state) === JSON.stringify(was))
		return;
	makeView();
	selected = selected === null || state.reversed !== was.reversed || state.focus !== was.focus ? null : follow(selected, before);
	showState();
}

let told = "";				/* of what the state asks for and cannot be */

function tellProblems() {
	const list = patternProblem === "" ? [] : ["Search: " + patternProblem], lost = state.hide.length - hiddenItems().length;

	if (state.focus !== "" && idOf(state.focus) < 0)
		list.push("This picture has no function " + state.focus + " to focus on.");
	if (lost > 0)
		list.push("Hidden: " + lost + " of " + state.hide.length + " are not in this picture.");
	if (list.length > 0 && told !== list.join(" "))
		say(list.join(" "));
	told = list.join(" ");
}

function startState() {
	initial = defaultState();
	readUrl();
	makeView();
	onChange(tellProblems);
	window.addEventListener("popstate", onUrl);
	window.addEventListener("hashchange", onUrl);
}
