// SPDX-License-Identifier: BSD-2-Clause
// Pictures of histograms: nothing overlaps or leaves the picture, tips tell counts, light and dark.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { call, dir, filter, go, is, noErrors, ok, run } from "./driver.mjs";

const WIDE = 50;

// As stap prints it.
function histogram(heading, labels, counts) {
	const max = Math.max(...counts), scale = max <= WIDE ? 1 : Math.ceil(max / WIDE);
	const width = Math.max(5, ...labels.map((l) => l.length)), digits = String(max).length;
	const rows = counts.map((c, i) => {
		const bar = Math.floor(c / scale);
		return `${labels[i].padStart(width)} |${"@".repeat(bar)}${String(c).padStart(WIDE - bar + 1 + digits)}\n`;
	});

	return `${heading}\n${"value".padStart(width)} |${"-".repeat(WIDE)} count\n${rows.join("")}\n`;
}

const log = (n) => Array.from({ length: n }, (_, i) => (i === 0 ? "0" : String(2n ** BigInt(i - 1))));
const linear = (n, start, step) => Array.from({ length: n }, (_, i) => String(start + i * step));
const bumps = (n, by) => Array.from({ length: n }, (_, i) => (i < 2 || i > n - 3 ? 0 : (i * i * by) % 977));

async function draw(name, texts, options = []) {
	const files = [];

	for (const [i, text] of texts.entries()) {
		files.push(join(dir, `${name}-${i}.txt`));
		await writeFile(files[i], text);
	}
	const output = join(dir, `${name}.svg`);
	await writeFile(output, filter("bt-hist", [...options, ...files]));
	await go(pathToFileURL(output).href);
	return output;
}

// Texts that cover each other, or leave the picture; turned ones have wide boxes and are looked at alone.
const faults = () => run(`
	const view = document.documentElement.viewBox.baseVal;
	const texts = Array.from(document.querySelectorAll("text"), (t) => ({ t, r: t.getBoundingClientRect(), turned: t.parentNode.hasAttribute("transform") }));
	const out = [];
	for (const [i, a] of texts.entries()) {
		if (a.r.left < -0.5 || a.r.top < -0.5 || a.r.right > view.width + 0.5 || a.r.bottom > view.height + 0.5)
			out.push("outside: " + a.t.textContent);
		for (const b of texts.slice(i + 1))
			if (!a.turned && !b.turned && a.r.left < b.r.right - 1 && b.r.left < a.r.right - 1 && a.r.top < b.r.bottom - 3 && b.r.top < a.r.bottom - 3)
				out.push(a.t.textContent + " / " + b.t.textContent);
	}
	return out;`);

async function layouts() {
	const long = `=== ${"A heading that goes on and on ".repeat(12)}(us) ===`;
	const cases = {
		small: [[histogram("=== X (us) ===", log(6), [0, 0, 3, 1, 0, 0])]],
		one: [[histogram("=== X (us) ===", log(3), [1, 0, 0])]],
		all: [[histogram("=== X (us) ===", log(64), bumps(64, 7919))]],
		linear: [[histogram("Sizes (bytes)", linear(64, 100000, 12345), bumps(64, 31))]],
		bounds: [[histogram("Sizes (bytes)", ["<-5", ...linear(100, -5, 3), ">292"], [5, ...bumps(100, 31), 9])]],
		huge: [[histogram("=== X (us) ===", log(24), bumps(24, 7).map((c) => c * 1e12))]],
		long: [[histogram(long, log(10), bumps(10, 7))], ["--width=480"]],
		panels: [[histogram("=== X (us) ===", log(20), bumps(20, 7)) + histogram("=== Y ===", log(9), bumps(9, 5))], ["--title", "Two & more"]],
		overlay: [[7, 11, 13].map((by) => histogram("=== X (us) ===", log(22), bumps(22, by)))],
		eight: [[1, 2, 3, 4, 5, 6, 7, 8].map((by) => histogram("=== X (us) ===", log(64), bumps(64, by))), ["--width=480"]],
	};

	for (const [name, [texts, options]] of Object.entries(cases)) {
		await draw(name, texts, options);
		is(await faults(), [], `${name}: no text covers another one or leaves the picture`);
		ok(await run("return Array.from(document.querySelectorAll('rect[class^=c]')).every((r) => r.getBBox().height >= 1)"), `${name}: each count is seen`);
	}
}

async function tips() {
	await draw("tips", [histogram("=== X (us) ===", log(6), [0, 0, 3, 1, 0, 0])]);
	is(await run("return Array.from(document.querySelectorAll('.tip title'), (t) => t.textContent)[2]"),
	    "[2, 4) us\ncount 3, share 75.0%, cumulative 75.0%", "a bucket tells its bounds, count and shares");
	is(await run("const r = document.documentElement; return [r.getAttribute('role'), r.getAttribute('aria-labelledby').split(' ').map((id) => document.getElementById(id).textContent)]"),
	    ["img", ["X (us)", "X (us): n 4, p50 in [2, 4), p99 in [4, 8)"]], "the picture has a name and a description");
	is(await run("return document.querySelectorAll('script').length"), 0, "there is no script");
}

async function hostile() {
	const output = await draw("hostile", [histogram("=== </text><script>alert(1)</script> & \u0001 ===", log(4), [0, 7, 0, 0])], ["--title", "<b onload=x>"]);

	is(await run("return [document.querySelectorAll('script,b').length, document.querySelector('.title text').textContent, document.querySelector('.document').textContent]"),
	    [0, "</text><script>alert(1)</script> & \u2401", "<b onload=x>"], "hostile names are text");
	ok(!(await readFile(output, "utf8")).includes("<script"), "and stand escaped in the file");
}

async function themes() {
	const back = () => run("return getComputedStyle(document.querySelector('.back')).fill");
	const set = (value) => call("POST", "/goog/cdp/execute", { cmd: "Emulation.setEmulatedMedia", params: { features: [{ name: "prefers-color-scheme", value }] } });

	await draw("themes", [histogram("=== X (us) ===", log(6), [0, 0, 3, 1, 0, 0])]);
	await set("light");
	is(await back(), "rgb(255, 255, 255)", "light");
	await set("dark");
	is(await back(), "rgb(22, 25, 29)", "dark");
	await set("light");
}

export default async function () {
	for (const test of [layouts, tips, hostile, themes]) {
		await test();
		await noErrors(`hist ${test.name}`);
		await go("data:,");
	}
}
