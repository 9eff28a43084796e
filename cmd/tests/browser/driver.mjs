// SPDX-License-Identifier: BSD-2-Clause
// What tests of the picture share: pictures, a Chromium that WebDriver drives, and TAP.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

export const dir = mkdtempSync(join(tmpdir(), "bt-browser-"));
export const KEY = { enter: "\uE007", escape: "\uE00C", control: "\uE009", shift: "\uE008", alt: "\uE00A", meta: "\uE03D", tab: "\uE004",
	space: " ", backspace: "\uE003", home: "\uE011", end: "\uE010", left: "\uE012", up: "\uE013", right: "\uE014", down: "\uE015",
	pageUp: "\uE00E", pageDown: "\uE00F", f3: "\uE033", f10: "\uE03A" };

let tests = 0, failed = 0, base = "", driver = null, bindir = "";

export function ok(yes, what, got) {
	console.log(`${yes ? "ok" : "not ok"} ${++tests} - ${what}`);
	if (yes)
		return;
	failed++;
	if (got !== undefined)
		console.log(`# got ${JSON.stringify(got)}`);
}

export function is(got, want, what) {
	ok(JSON.stringify(got) === JSON.stringify(want), what, { got, want });
}

// What a filter of ours writes; it must succeed.
export function filter(name, args, input) {
	const made = spawnSync(join(bindir, name), args, { input, maxBuffer: 1 << 28 });

	if (made.status !== 0)
		throw new Error(`${name}: status ${made.status}: ${made.error ?? made.stderr}`);
	return made.stdout;
}

// Makes a picture of folded text, which may be bytes; returns its URL.
export function picture(name, folded, options = [], end = "svg") {
	const input = join(dir, `${name}.folded`);

	writeFileSync(input, folded);
	return drawn(name, input, options, end);
}

export function drawn(name, input, options = [], end = "svg") {
	const output = join(dir, `${name}.${end}`);

	writeFileSync(output, filter("bt-svg", [...options, input]));
	return pathToFileURL(output).href;
}

// Writes a page of our own; returns its URL.
export function page(name, text) {
	const output = join(dir, name);

	writeFileSync(output, text);
	return pathToFileURL(output).href;
}

// A chromedriver of our own, on a port that it picks, and a browser; nothing where there is one.
export async function start(bin) {
	bindir = bin;
	if (driver !== null)
		return;
	if (bin === undefined)
		throw new Error("usage: node browser.mjs BINDIR [TEST...]");
	driver = spawn("chromedriver", ["--port=0"], { stdio: ["ignore", "pipe", "ignore"] });
	process.once("exit", () => driver.kill());
	const port = await new Promise((resolve, reject) => {
		let text = "";
		driver.on("error", reject);
		driver.on("exit", () => reject(new Error("chromedriver ended")));
		driver.stdout.on("data", (d) => {
			text += d;
			const m = /started successfully on port (\d+)/.exec(text);
			if (m !== null)
				resolve(m[1]);
		});
	});
	base = `http://127.0.0.1:${port}`;
	const session = await call("POST", "/session", { capabilities: { alwaysMatch: {
		browserName: "chrome",
		"goog:loggingPrefs": { browser: "ALL" },
		"goog:chromeOptions": { args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1300,900",
			`--user-data-dir=${join(dir, "profile")}`] },
	} } });
	base += `/session/${session.sessionId}`;
}

// The end of a file of tests that was started by itself; browser.mjs ends all with stop().
export async function finish() {
	if (!/\/browser\.mjs$/.test(process.argv[1]))
		process.exit(await stop());
}

// Ends the browser, prints the plan; returns the exit status.
export async function stop() {
	if (driver !== null) {
		await call("DELETE", "", undefined).catch(() => {});
		driver.kill();
	}
	rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
	console.log(`1..${tests}`);
	return failed === 0 ? 0 : 1;
}

export async function call(method, path, body) {
	const r = await fetch(base + path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
	const { value } = await r.json();

	if (!r.ok)
		throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
	return value;
}

export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Does TEST come true within two seconds?
export async function until(test) {
	for (let i = 0; i < 80; i++) {
		if (await test())
			return true;
		await wait(25);
	}
	return false;
}

export const run = (script, ...args) => call("POST", "/execute/sync", { script, args });

// Until every viewer on the page has read its table, or given up.
export const ready = () => until(() => run("return Array.from(document.querySelectorAll('.bt-flame'))" +
    ".every((s) => s.querySelector('script') === null || s.hasAttribute('data-viewer'))"));

export async function go(url) {
	await call("POST", "/url", { url });
	await ready();
}

export async function reload() {
	await call("POST", "/refresh", {});
	await ready();
}

export async function back() {
	const before = await run("return location.href");

	await call("POST", "/back", {});
	await until(async () => await run("return location.href") !== before);
	await run("return new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))");
}

export async function forward() {
	const before = await run("return location.href");

	await call("POST", "/forward", {});
	await until(async () => await run("return location.href") !== before);
	await run("return new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))");
}

export async function element(css) {
	return (await call("POST", "/element", { using: "css selector", value: css }))[ELEMENT];
}

export async function click(css) {
	await call("POST", `/element/${await element(css)}/click`, {});
}

const BUTTONS = { left: 0, middle: 1, right: 2 };

function pointer(actions) {
	return call("POST", "/actions", { actions: [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }] });
}

// At a point of the window, in px.
export async function clickAt({ x, y }, button = "left") {
	await pointer([{ type: "pointerMove", duration: 0, x: Math.round(x), y: Math.round(y) },
		{ type: "pointerDown", button: BUTTONS[button] }, { type: "pointerUp", button: BUTTONS[button] }]);
}

export async function pointAt({ x, y }) {
	await pointer([{ type: "pointerMove", duration: 0, x: Math.round(x), y: Math.round(y) }]);
}

// Keys pressed together: the first ones are held.
export async function keys(...pressed) {
	const actions = [...pressed.map((value) => ({ type: "keyDown", value })),
		...pressed.slice().reverse().map((value) => ({ type: "keyUp", value }))];

	await call("POST", "/actions", { actions: [{ type: "key", id: "keys", actions }] });
}

export async function type(text) {
	for (const c of text)
		await keys(c);
}

export async function windowSize(width, height) {
	await call("POST", "/window/rect", { width, height });
}

// A PNG of the window.
export async function screenshot(file) {
	writeFileSync(file, Buffer.from(await call("GET", "/screenshot"), "base64"));
}

export async function noErrors(what) {
	const log = await call("POST", "/se/log", { type: "browser" });

	is(log.filter((l) => l.level === "SEVERE").map((l) => l.message), [], `${what}: no console error`);
}
