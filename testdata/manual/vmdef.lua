-- The table that bt-fixlua --builtins reads, as jit/vmdef.lua of LuaJIT has it.
return {
ffnames = {
[0]="Lua",
"C",
"ipairs_aux",
"next",
},
}
