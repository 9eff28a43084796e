-- A table of the form of LuaJIT's jit/vmdef.lua, with names of our own choice.
return {
irfpm = { [0]="floor", "ceil", },
ffnames = {
[0]="Lua",
"C",
"assert",
'string.byte', { "not", "a", "name" },
"math.floor", [9] = "nine", [70000] = "too far", ["a"] = "no number",
"io.\tescape"; "six", "seven"
},
traceerr = { [0]="error", },
}
