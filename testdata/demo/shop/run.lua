-- Profile the shop with LuaJIT's own profiler and print what lj-lua-stacks prints:
-- luajit run.lua > lua.bt
package.path = "/opt/shop/lualib/?.lua;" .. package.path
local profile = require "jit.profile"
local stacks = {}
local ffnames = require("jit.vmdef").ffnames
local function name(info)
    if info.what == "C" then return nil end
    return info.source .. ":" .. (info.what == "main" and 0 or info.linedefined)
end
local fid = {}
for i, n in pairs(ffnames) do fid[n] = i end
local cname = {}
for k, lib in pairs({ string = string, table = table, math = math }) do
    for n, f in pairs(lib) do cname[f] = fid[k .. "." .. n] end
end
for n, f in pairs({ ipairs = ipairs, pairs = pairs, next = next, tostring = tostring, setmetatable = setmetatable }) do cname[f] = fid[n] end
profile.start("fi1", function(thread, samples, vmstate)
    local out, level = {}, 0
    while true do
        local info = debug.getinfo(thread, level, "Sf")
        if not info then break end
        local n = name(info)
        if not n then
            local id = cname[info.func]
            n = id and "builtin#" .. id or nil
            if not n then n = "C:" .. tostring(info.func):gsub("function: builtin#", "lj_ff_"):gsub("function: ", "") end
        end
        out[#out + 1] = n
        level = level + 1
    end
    out[#out + 1] = "C:pmain"
    local s = table.concat(out, "\n")
    if vmstate == "N" and out[1]:sub(1, 1) == "@" then s = "T:" .. out[1] .. "\n" .. s end
    stacks[s] = (stacks[s] or 0) + samples
end)
local f = assert(loadfile("/opt/shop/app/main.lua"))()
local t = os.clock()
local n = 0
while os.clock() - t < 12 do n = n + f(2) end
profile.stop()
local list = {}
for s, c in pairs(stacks) do list[#list + 1] = { s, c } end
table.sort(list, function(a, b) if a[2] ~= b[2] then return a[2] > b[2] end return a[1] < b[1] end)
for _, e in ipairs(list) do io.write(e[1], "\n\t", e[2], "\n") end
