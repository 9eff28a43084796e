#!/usr/bin/env luajit
-- Every form that gives a function its name.  The tests know the lines: add at the end.
local M = { _VERSION = "function not_here(x)" }
local function first(a) return a end
function M.a.b:c(x) return x end
function global(...) return ... end
M.x = function() end
M.deep.er.still=function(x) return x end
local f = function() end
M["x y"] = function() end
M [ 'k' ] . z = function() end
local t = {
	key = function() end,
	["quoted"] = function() end, [1] = function() end,
	nested = { deep = { er = function() end } };
	function() end,
	fallback = M.other or function() end,
}
local p, q = function() end, function() end
M.one, M["two"] = 1, function() end
table.sort(t, function(a, b) return a < b end)
function M.maker()
	return function(n)
		return function() return n end
	end
end
--[==[ function commented(x) ]] end
]==] local s = [[
function in_a_long_string() end
]] function after_long_string() end
local s2 = "\
function in_a_string() \z
   end" local function after_string() end
local
function
broken
(
	a
)
	return a
end
function
M.also
.broken (a) return a end
M.late =
function
(a) return a end
do local x = 1 ::again:: if x then x = function() end elseif x then x.y = function() end else x.z = function() end end end
for i = 1, 2 do repeat t[i] = function() end until i == 2 and function() end end
while not t do local u <const>, v <close> = function() end, function() end break end
local g = (function() end)()
setmetatable({}, { __index = function(_, k) return k end, __call = first })
a = b c = function() end goto again
f{} h = function() end f"s" i = function() end f(1) j = function() end
M.x, M.y = M.y, M.x k = 1 // 2 | 3 << 4 l = function() end
t[function() end] = function() end
t[ i + 1 --[[ c ]] ] = function() end
return { run = function() return pcall(function() local function inner() end return inner end) end }
