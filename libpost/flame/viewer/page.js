/* SPDX-License-Identifier: BSD-2-Clause */
/* The page that the picture is on, and the controls around the frames. */

const MARGIN = 10;			/* px left and right of the frames */
const SVG = "http://www.w3.org/2000/svg";

/*
 * frames is the group of the frames.  meta and profile are null until the
 * table is read.  own: the keys and the URL of the document are the
 * picture's alone.  rows are px that the frames take, least those of the
 * static picture.
 */
const page = {
	svg: document.currentScript.closest("svg"),
	frames: null, meta: null, profile: null, prefix: "", own: true, least: 0, wide: 0, high: 0,
	width: () => page.wide,
	height: () => page.high
};

/* An SVG element at the end of PARENT, if there is one. */
function el(name, attrs, parent) {
	const node = document.createElementNS(SVG, name);

	for (const key of Object.keys(attrs || {}))
		node.setAttribute(key, attrs[key]);
	if (parent)
		parent.appendChild(node);
	return node;
}

/* An HTML element at the end of PARENT.  TEXT is text, whatever it holds. */
function addHtml(parent, name, attrs, text) {
	const node = document.createElementNS("http://www.w3.org/1999/xhtml", name);

	for (const key of Object.keys(attrs))
		node.setAttribute(key, attrs[key]);
	if (text !== undefined)
		node.textContent = text;
	parent.appendChild(node);
	return node;
}

/* What is known before the table is. */
function findPage() {
	const svg = page.svg, title = svg.querySelector("[id$='title']"), box = svg.viewBox.baseVal;

	page.frames = svg.querySelector(".frames");
	page.own = svg === document.documentElement || svg.hasAttribute("data-page");
	page.prefix = title === null ? "" : title.id.slice(0, -"title".length);
	page.wide = box.width;
	page.high = page.least = box.height;
}

function takeProfile(profile) {
	page.profile = profile;
	page.meta = profile.meta;
	takePrefix(page.meta.prefix || page.prefix);
	page.svg.tabIndex = -1;
	measurePage();
}

/* The same picture may be on the page already: then another prefix, but for the background, which is the same. */
function takePrefix(wanted) {
	let prefix = wanted;

	for (let n = 2; document.getElementById(prefix + "frames") !== null; n++)
		prefix = wanted + n + "-";
	if (prefix !== wanted)
		for (const id of ["title", "subtitle", "sides"]) {
			const line = page.svg.querySelector("[id=" + CSS.escape(wanted + id) + "]");
			if (line !== null)
				line.id = prefix + id;
		}
	page.prefix = prefix;
	page.frames.id = prefix + "frames";
}

/* How wide the picture is: as the window, where it is fluid.  Returns whether that is new. */
function measurePage() {
	const before = page.wide;

	if (page.meta.fluid)
		page.wide = Math.max(Math.floor(page.svg.getBoundingClientRect().width), 10 * MARGIN);
	if (page.wide !== before)
		lookAgain();
	return page.wide !== before;
}

/* What stands in the middle of a fluid picture. */
function centreLines() {
	for (const id of ["title", "subtitle", "sides"]) {
		const line = document.getElementById(page.prefix + id);
		if (line !== null)
			line.setAttribute("x", page.wide / 2);
	}
	fitSides();
}

/* Make the picture as high as its rows need; what is seen of a flame graph stays where it is.  Returns whether that is new. */
function setHeight(high) {
	const grows = high - page.high, svg = page.svg;

	page.high = high;
	if (grows !== 0 || page.meta.fluid) {
		svg.setAttribute("viewBox", "0 0 " + page.wide + " " + high);
		svg.setAttribute("height", high);
	}
	if (page.meta.fluid)
		centreLines();
	if (grows === 0)
		return false;
	lookAgain();
	if (!state.inverted && page.own)
		scrollPage(0, grows);
	return true;
}

/* What seenRange() found; null when it has to look again, which makes the browser lay all out. */
let seenNow = null;

function lookAgain() {
	seenNow = null;
}

function scrollPage(x, y) {
	window.scrollBy(x, y);
	lookAgain();
}

/* What can be seen of the picture, but at least the room of the bars, in its own px, of which each is SCALE of the window's. */
function seenRange() {
	if (seenNow === null) {
		seenNow = findSeen();
		if (!page.own)		/* it may be moved by what is around it */
			requestAnimationFrame(lookAgain);
	}
	return seenNow;
}

function findSeen() {
	const m = page.svg.getScreenCTM(), all = { left: 0, top: 0, right: page.wide, bottom: page.high, scale: 1 };

	if (m === null || m.a === 0 || m.d === 0)
		return all;
	const v = window.visualViewport, zoom = v ? v.scale : 1;
	const w = v ? v.width * zoom : window.innerWidth, h = v ? v.height * zoom : window.innerHeight;
	const bars = page.meta.bottom + 3 * page.meta.font;
	const seen = { left: Math.max(-m.e / m.a, 0), top: Math.max(Math.min(-m.f / m.d, page.high - bars), 0),
		right: Math.min((w - m.e) / m.a, page.wide), bottom: Math.min(Math.max((h - m.f) / m.d, bars), page.high), scale: m.a };

	return seen.right - seen.left < 1 || seen.bottom - seen.top < 1 ? all : seen;
}

/* Bars above and below, and the lines and buttons in them. */
const controls = { top: null, bottom: null, unzoom: null, search: null, ignorecase: null, menu: null,
	details: null, more: null, matched: null, note: null };

function addLine(bar, name, anchor) {
	const line = el("text", { id: page.prefix + name, class: "control", "text-anchor": anchor }, bar);

	controls[name] = line;
	return line;
}

/* Text that works as a button, by mouse and by key. */
function addControl(name, anchor, text, label, run) {
	const button = addLine(controls.top, name, anchor);

	button.setAttribute("class", "control button");
	button.setAttribute("role", "button");
	button.setAttribute("tabindex", "0");
	button.setAttribute("aria-label", label);
	button.textContent = text;
	button.addEventListener("click", run);
	button.addEventListener("keydown", function (e) {
		if (e.key !== "Enter" && e.key !== " ")
			return;
		e.preventDefault();
		e.stopPropagation();
		run();
	});
	return button;
}

function addBars() {
	controls.top = el("g", { class: "bar" }, page.svg);
	el("rect", { class: "backdrop hide" }, controls.top);
	addControl("unzoom", "start", "Reset Zoom", "Reset zoom", unzoom);
	addStatuses();
	addControl("menu", "end", "Menu", "Menu", () => openMenu());
	addControl("search", "end", "Search", "Search", searchButton);
	addControl("ignorecase", "end", "ic", "Ignore case", switchCase);
	controls.bottom = el("g", { class: "bar" }, page.svg);
	el("rect", { class: "backdrop hide" }, controls.bottom);
	addLine(controls.bottom, "details", "start").setAttribute("role", "status");
	addLine(controls.bottom, "more", "start");
	addLine(controls.bottom, "matched", "end").setAttribute("role", "status");
	controls.matched.addEventListener("click", () => openMatches());
	controls.note = page.svg.querySelector("text.note");
	if (controls.note !== null)
		controls.bottom.appendChild(controls.note);
	for (const type of ["scroll", "resize"])
		window.addEventListener(type, onView, { capture: true, passive: true });
}

function onView() {
	lookAgain();
	layBars();
}

function place(node, x, y) {
	node.setAttribute("x", x);
	node.setAttribute("y", y);
}

function setBackdrop(bar, on, box) {
	const back = bar.firstElementChild;

	back.classList.toggle("hide", !on);
	if (on)
		for (const key of Object.keys(box))
			back.setAttribute(key, box[key]);
}

/* The bars stay in sight, however the page is scrolled. */
function layBars() {
	const meta = page.meta, font = meta.font, seen = seenRange(), high = 2 * font;
	const left = seen.left + MARGIN, right = seen.right - MARGIN, width = seen.right - seen.left;
	const char = meta.char, long = controls.more.textContent !== "", y = seen.bottom - meta.bottom + font + 2;

	controls.top.setAttribute("transform", "translate(0 " + seen.top + ")");
	place(controls.unzoom, left, high);
	place(controls.ignorecase, right, high);
	place(controls.search, right - 3 * char - 8, high);
	place(controls.menu, right - 16 * char - 16, high);
	layBox(right - 16 * char - 16, high);
	layStatus(left + (controls.unzoom.classList.contains("hide") ? 0 : 12 * char), right - 21 * char - 16, high);
	setBackdrop(controls.top, seen.top > 0, { x: seen.left, y: 0, width, height: high + font * 0.7 });
	place(controls.details, left, long ? y : seen.bottom - meta.bottom / 2);
	place(controls.more, left, y + font + 2);
	place(controls.matched, right, long ? y : seen.bottom - meta.bottom / 2);
	if (controls.note !== null)
		place(controls.note, left, seen.bottom - meta.bottom / 2);
	const words = [controls.details, controls.matched].some((line) => line.textContent !== "") || controls.note !== null;
	setBackdrop(controls.bottom, words && seen.bottom < page.high - 1 || long && legendDrawn.left < page.width() / 2,
	    { x: seen.left, y: seen.bottom - meta.bottom + 1, width, height: meta.bottom - 1 });
}
