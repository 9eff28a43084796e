/* SPDX-License-Identifier: BSD-2-Clause */
/* Colours, each a number 0xRRGGBB. */

function cssColor(rgb) {
	return "#" + (0x1000000 + rgb).toString(16).slice(1);
}

/* T of the way from A to B. */
function mixColor(a, b, t) {
	let mixed = 0;

	for (let shift = 16; shift >= 0; shift -= 8) {
		const from = a >> shift & 255, to = b >> shift & 255;
		mixed |= Math.round(from + (to - from) * t) << shift;
	}
	return mixed;
}

function linear(byte) {
	const c = byte / 255;

	return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
}

/* Relative luminance as WCAG 2 has it, 0 to 1. */
function luminance(rgb) {
	return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
}

/* Black or white, whichever can be read on it: one of both has a contrast of at least 4.58:1. */
function textOn(rgb) {
	return (luminance(rgb) + 0.05) / 0.05 >= 4.5 ? 0x000000 : 0xffffff;
}

/* Of a change by D where MAX is the largest of all; what grew is red, or BLIND orange. */
function deltaColor(d, max, blind, negate) {
	const delta = negate ? -d : d, part = max > 0 ? Math.min(Math.abs(d) / max, 1) : 1;
	const c = max > 0 ? Math.max(Math.trunc(210 * (max - Math.abs(d)) / max), 0) : 0;

	if (delta === 0)
		return 0xffffff;
	if (blind)
		return mixColor(0xffffff, delta > 0 ? 0xe66100 : 0x1a5fb4, 0.18 + 0.82 * part);
	return delta > 0 ? 0xff0000 | c << 8 | c : c << 16 | c << 8 | 0xff;
}

/* Of a text, 32 bits: what differs little is far apart. */
function hashText(text) {
	let h = 0x811c9dc5;

	for (let i = 0; i < text.length; i++)
		h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
	h = Math.imul(h ^ h >>> 16, 0x85ebca6b);
	h = Math.imul(h ^ h >>> 13, 0xc2b2ae35);
	return (h ^ h >>> 16) >>> 0;
}

function gammaByte(x) {
	const c = x <= 0.0031308 ? 12.92 * x : 1.055 * Math.pow(x, 1 / 2.4) - 0.055;

	return Math.round(255 * Math.min(Math.max(c, 0), 1));
}

/* Of lightness, chroma and hue (in turns) in OKLCH, where equal lightness looks equal. */
function lchColor(lightness, chroma, hue) {
	const a = chroma * Math.cos(2 * Math.PI * hue), b = chroma * Math.sin(2 * Math.PI * hue);
	const l = Math.pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
	const m = Math.pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
	const s = Math.pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);

	return gammaByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16 |
	    gammaByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8 |
	    gammaByte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
}

/* The same for the same text, everywhere; light enough for black letters. */
function hueColor(text) {
	const h = hashText(text);

	return lchColor(0.74 + 0.1 * (h >>> 24) / 255, 0.08 + 0.05 * (h >>> 16 & 255) / 255, (h & 0xffff) / 0x10000);
}

/* Of a share from 0 to 1: pale to red; small shares differ more than large ones. */
function heatColor(share) {
	const t = Math.sqrt(Math.min(Math.max(share, 0), 1));

	return t < 0.5 ? mixColor(0xfff5d6, 0xfdae61, 2 * t) : mixColor(0xfdae61, 0xd7301f, 2 * t - 1);
}
