/* SPDX-License-Identifier: BSD-2-Clause */
/* The script of the picture: zoom, search, and the name of what the mouse points at. */
(function () {
"use strict";

const MARGIN = 10;			/* px left and right of the frames */
const HTML = "http://www.w3.org/1999/xhtml";

const svg = document.currentScript.ownerSVGElement;
const box = svg.querySelector(".frames");
const width = svg.viewBox.baseVal.width, height = svg.viewBox.baseVal.height;
const font = parseFloat(svg.getAttribute("font-size"));
const charWidth = parseFloat(box.dataset.char), pitch = parseFloat(box.dataset.pitch);
const escaped = box.dataset.count.replace(/[\\^$.*+?()[\]{}|\/]/g, "\\$&");
const numbers = new RegExp(" \\([0-9,]+ " + escaped + ", [0-9.]+%\\)$");

/*
 * Every frame, parents before children, so that frames[i] to frames[i].last
 * are i and all that stands on it.  start and count are samples, exactly as
 * written; pixels are only ever computed from them.
 */
const frames = [], indexOf = new Map();
let top = 0;				/* the frame that is as wide as the picture */
let term = "", pattern = null, ignoreCase = false;

function load() {
	const open = [];
	let rootY = 0;

	for (let g = box.firstElementChild; g !== null; g = g.nextElementSibling) {
		const i = frames.length, rect = g.firstElementChild.nextElementSibling;
		const at = g.getAttribute("data-at").split(" "), y = parseFloat(rect.getAttribute("y"));

		if (i === 0)
			rootY = y;
		const f = { g, rect, text: rect.nextElementSibling, y, start: Number(at[0]), count: Number(at[1]),
		    depth: Math.round(Math.abs(y - rootY) / pitch), last: i, name: null,
		    state: "", matched: false, moved: false };
		while (open.length > f.depth)
			frames[open.pop()].last = i - 1;
		open.push(i);
		frames.push(f);
		indexOf.set(g, i);
	}
	while (open.length > 0)
		frames[open.pop()].last = frames.length - 1;
}

function titleOf(i) {
	return frames[i].g.firstElementChild.textContent;
}

function nameOf(i) {
	const f = frames[i];

	if (f.name === null)
		f.name = titleOf(i).replace(numbers, "");
	return f.name;
}

/* As much of a name as fits into a number of characters, which are code points. */
function fit(name, chars) {
	if (chars < 3)
		return "";
	if (name.length <= chars)
		return name;
	const points = Array.from(name);
	return points.length <= chars ? name : points.slice(0, chars - 2).join("") + "..";
}

function setLabel(i, x, w) {
	const f = frames[i], label = i === 0 ? "" : fit(nameOf(i), Math.floor(w / charWidth));

	if (f.text === null) {
		if (label === "")
			return;
		f.text = document.createElementNS(svg.namespaceURI, "text");
		f.text.setAttribute("y", f.y + 3 + (pitch - 1) / 2);
		f.g.appendChild(f.text);
	}
	f.text.textContent = label;
	f.text.setAttribute("x", round(x + 3, 100));
}

function round(v, scale) {
	return Math.round(v * scale) / scale;
}

/* Put a frame where samples FROM to FROM + COUNT are the whole width. */
function place(i, from, count) {
	const f = frames[i], scale = (width - 2 * MARGIN) / count, fine = top === 0 ? 10 : 1000;
	const x1 = Math.max(MARGIN + (f.start - from) * scale, MARGIN);
	const x2 = Math.min(MARGIN + (f.start + f.count - from) * scale, width - MARGIN);

	f.rect.setAttribute("x", round(x1, fine));
	f.rect.setAttribute("width", round(round(x2, fine) - round(x1, fine), fine));
	setLabel(i, x1, x2 - x1);
	f.moved = top !== 0;
}

function mark(i, state, matched) {
	const f = frames[i];

	if (f.state === state && f.matched === matched)
		return;
	f.state = state;
	f.matched = matched;
	f.g.setAttribute("class", matched ? (state + " match").trim() : state);
}

/* The frames that zoom(i) has to see to: the ancestors of I, and I with all that stands on it. */
function shownFrom(i) {
	const list = [];

	for (let k = 0; k < i; k++)
		if (frames[k].last >= i)
			list.push(k);
		else
			k = frames[k].last;
	for (let k = i; k <= frames[i].last; k++)
		list.push(k);
	return list;
}

/*
 * Make frame I as wide as the picture; its ancestors stay, faded.  What a zoom
 * shows moves into a layer of its own, and all the rest vanishes by one
 * attribute: to hide or show thousands of elements one by one takes long.
 */
function zoom(i) {
	if (frames[i] === undefined || frames[i].count === 0 || i === top)
		return;
	const back = top === 0 ? [] : shownFrom(top).reverse();
	const list = i === 0 ? frames.map((f, k) => k).filter((k) => frames[k].moved) : shownFrom(i);
	top = i;
	for (const k of back)
		box.insertBefore(frames[k].g, k + 1 < frames.length ? frames[k + 1].g : null);
	for (const k of list) {
		mark(k, k < i ? "parent" : "", frames[k].matched);
		place(k, frames[i].start, frames[i].count);
	}
	for (const k of i === 0 ? [] : list)
		layer.appendChild(frames[k].g);
	box.classList.toggle("behind", i !== 0);
	layer.classList.toggle("hide", i === 0);
	unzoomButton.classList.toggle("hide", i === 0);
	showMatched();
	saveState();
}

/* The share of what is visible that matches; a match inside another counts once. */
function showMatched() {
	let sum = 0, i = top;

	if (pattern === null) {
		matchedText.textContent = "";
		return;
	}
	while (i <= frames[top].last)
		if (frames[i].matched) {
			sum += frames[i].count;
			i = frames[i].last + 1;
		} else
			i++;
	const percent = 100 * sum / frames[top].count;
	matchedText.textContent = "Matched: " + (sum === frames[top].count ? "100" : percent.toFixed(1)) + "%";
}

/* Search for a regular expression; "" ends the search.  Returns what is wrong with it, or "". */
function search(what) {
	const known = new Map();

	try {
		pattern = what === "" ? null : new RegExp(what, ignoreCase ? "iu" : "u");
	} catch (e) {
		try {		/* without "u" more is allowed, as \_ and \- */
			pattern = new RegExp(what, ignoreCase ? "i" : "");
		} catch (problem) {
			return problem.message;
		}
	}
	term = what;
	for (let i = 1; i < frames.length; i++) {
		const name = pattern === null ? "" : nameOf(i);
		let yes = known.get(name);

		if (yes === undefined) {
			yes = pattern !== null && pattern.test(name);
			known.set(name, yes);
		}
		mark(i, frames[i].state, yes);
	}
	searchButton.textContent = pattern === null ? "Search" : "Reset Search";
	searchButton.classList.toggle("on", pattern !== null);
	showMatched();
	saveState();
	return "";
}

function switchCase() {
	ignoreCase = !ignoreCase;
	caseButton.classList.toggle("on", ignoreCase);
	if (term !== "")
		search(term);
	else
		saveState();
}

/*
 * The state is in the URL: x and y are the sample and the row of the zoomed
 * frame, s what is searched for, ic=1 whether in any case.  Where the query
 * may not be changed (file: in some browsers) the fragment holds them.
 */
function saveState() {
	const query = new URLSearchParams(location.search);

	for (const key of ["x", "y", "s", "ic"])
		query.delete(key);
	if (top !== 0) {
		query.append("x", frames[top].start);
		query.append("y", frames[top].depth);
	}
	if (term !== "")
		query.append("s", term);
	if (ignoreCase)
		query.append("ic", "1");
	const text = query.toString();
	try {
		history.replaceState(null, "", location.href.split(/[?#]/)[0] + (text === "" ? "" : "?" + text));
	} catch (e) {
		location.replace("#" + text);
	}
}

function loadState() {
	const inHash = location.hash.includes("=");
	const query = new URLSearchParams(inHash ? location.hash.slice(1) : location.search);
	const x = query.get("x"), y = query.get("y"), s = query.get("s");
	let best = 0;

	if (query.get("ic") === "1") {
		ignoreCase = true;
		caseButton.classList.add("on");
	}
	for (let i = 1; x !== null && i < frames.length; i++)
		if (String(frames[i].start) === x && String(frames[i].depth) === y &&
		    (best === 0 || frames[i].count > frames[best].count))
			best = i;
	zoom(best);
	if (s !== null && s !== "")
		search(s);
}

/* A line of text beside the frames; with ACTION it is a button. */
function control(name, x, y, anchor, text, action) {
	const t = document.createElementNS(svg.namespaceURI, "text");

	t.id = name;
	t.setAttribute("class", action === undefined ? "control" : "control button");
	t.setAttribute("x", x);
	t.setAttribute("y", y);
	t.setAttribute("text-anchor", anchor);
	t.textContent = text;
	if (action !== undefined)
		t.addEventListener("click", action);
	svg.insertBefore(t, box);
	return t;
}

function openBox() {
	let input = svg.querySelector("input");

	if (input === null) {
		const place = document.createElementNS(svg.namespaceURI, "foreignObject");

		place.setAttribute("x", Math.max(MARGIN, width - 130 - 20 * font));
		place.setAttribute("y", font * 2 - font * 1.4);
		place.setAttribute("width", 20 * font);
		place.setAttribute("height", font * 5);
		input = document.createElementNS(HTML, "input");
		const problem = document.createElementNS(HTML, "p");
		input.setAttribute("placeholder", "regular expression");
		input.value = term;
		input.addEventListener("keydown", function (e) {
			if (e.key !== "Enter")
				return;
			problem.textContent = search(input.value);
			if (problem.textContent === "")
				closeBox();
		});
		place.append(input, problem);
		svg.appendChild(place);
	}
	input.focus();
	input.select();
}

function closeBox() {
	const input = svg.querySelector("input");

	if (input === null)
		return false;
	input.parentNode.remove();
	return true;
}

function onKey(e) {
	const key = e.key.toLowerCase();

	if (key === "f3" || ((e.ctrlKey || e.metaKey) && key === "f"))
		openBox();
	else if (e.ctrlKey && key === "i")
		switchCase();
	else if (key === "escape") {
		if (closeBox())
			return;
		if (term !== "")
			search("");
		else
			zoom(0);
	} else
		return;
	e.preventDefault();
}

function onPoint(e) {
	const i = indexOf.get(e.target.closest("g"));

	details.textContent = i === undefined ? "" : box.dataset.name + " " + titleOf(i);
}

function onClick(e) {
	zoom(indexOf.get(e.target.closest("g")));
}

const low = height - font - 5, high = font * 2;
const details = control("details", MARGIN, low, "start", "");
const matchedText = control("matched", width - MARGIN, low, "end", "");
const unzoomButton = control("unzoom", MARGIN, high, "start", "Reset Zoom", function () { zoom(0); });
const searchButton = control("search", width - 40, high, "end", "Search", function () {
	if (term === "")
		openBox();
	else
		search("");
});
const caseButton = control("ignorecase", width - MARGIN, high, "end", "ic", switchCase);

const layer = box.cloneNode(false);

/* It takes what the mouse does beside its frames, so that none behind it is meant. */
function makeLayer() {
	const cover = document.createElementNS(svg.namespaceURI, "rect");

	cover.setAttribute("width", width);
	cover.setAttribute("height", height - font * 6);
	cover.setAttribute("y", font * 3);
	cover.setAttribute("class", "cover");
	layer.removeAttribute("id");
	layer.classList.add("hide");
	layer.append(cover);
	box.after(layer);
}

unzoomButton.classList.add("hide");
makeLayer();
load();
loadState();
for (const g of [box, layer]) {
	g.addEventListener("mouseover", onPoint);
	g.addEventListener("mouseout", function () { details.textContent = ""; });
	g.addEventListener("click", onClick);
}
window.addEventListener("keydown", onKey);
}());
