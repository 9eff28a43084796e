/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How elements are made.  Names of traces get in as text, and never as markup;
 * an address is one of the C side's, which begin with "./", or a view of ours.
 */
const SVG = "http://www.w3.org/2000/svg";

function byId(id) {
	return document.getElementById(id);
}

function fillElement(e, attributes, children) {
	for (const [name, value] of Object.entries(attributes))
		if (value !== null && value !== undefined && value !== false)
			e.setAttribute(name, value === true ? "" : value);
	e.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== ""));
	return e;
}

function el(tag, attributes, ...children) {
	return fillElement(document.createElement(tag), attributes, children);
}

function shape(tag, attributes, ...children) {
	return fillElement(document.createElementNS(SVG, tag), attributes, children);
}

function button(text, attributes, act) {
	const b = el("button", { type: "button", ...attributes }, text);

	b.addEventListener("click", act);
	return b;
}

/* Whether a file is there, and its address is what it must be. */
function isFile(url) {
	return typeof url === "string" && url.startsWith("./");
}

function fileLink(url, text, attributes) {
	return isFile(url) ? el("a", { href: url, ...attributes }, text) : null;
}

/* A link to this page with other things in its hash. */
function viewLink(changes, text, attributes) {
	return el("a", { href: hashOf(changes), ...attributes }, text);
}

function picture(url, cls) {
	return isFile(url) ? el("img", { src: url, alt: "", loading: "lazy", decoding: "async", class: cls }) : el("span", { class: cls });
}

/* A name of any script, which turns no text around it. */
function named(text, cls) {
	return el("bdi", { class: cls }, text);
}

function setNote(id, text) {
	const e = byId(id);

	e.hidden = text === "";
	e.textContent = text;
}
